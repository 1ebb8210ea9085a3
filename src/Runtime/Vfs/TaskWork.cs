namespace LuoHandlers.Vfs;

/// <summary>
/// What a thread does on its way out of a system call: release the files whose last reference was put inside it.
/// So a callback never runs inside another one because of a dropped reference (the kernel's <c>task_work</c>, as <c>fput</c> uses it).
/// </summary>
internal static class TaskWork
{
    [ThreadStatic]
    private static Queue<LuoFile>? s_pending;

    [ThreadStatic]
    private static int s_depth;

    /// <summary>Enters a system call; dispose the result to leave it.</summary>
    public static Scope EnterSystemCall()
    {
        s_depth++;
        return default;
    }

    public static void RunAtEndOfSystemCall(LuoFile file)
    {
        (s_pending ??= new()).Enqueue(file);
        if (s_depth == 0)
            RunPending();
    }

    private static void RunPending()
    {
        // Releasing may put further files: they queue up behind, and run in this same loop.
        s_depth++;
        try
        {
            while (s_pending is { Count: > 0 } pending)
                pending.Dequeue().InvokeRelease();
        }
        finally
        {
            s_depth--;
        }
    }

    public readonly ref struct Scope
    {
        public void Dispose()
        {
            if (--s_depth == 0)
                RunPending();
        }
    }
}
