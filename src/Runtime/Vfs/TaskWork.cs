using System.Runtime.ExceptionServices;

namespace LuoHandlers.Vfs;

/// <summary>
/// What a thread does on its way out of a system call: release the files whose last reference was put inside it.
/// So a callback never runs inside another one because of a dropped reference (the kernel's <c>task_work</c>, as <c>fput</c> uses it).
/// What a release or a listener to events throws waits until then, too: the system call itself is always done to its end.
/// </summary>
internal static class TaskWork
{
    [ThreadStatic]
    private static Queue<LuoFile>? s_pending;

    [ThreadStatic]
    private static int s_depth;

    /// <summary>The first exception that waits for the end of the system call.</summary>
    [ThreadStatic]
    private static ExceptionDispatchInfo? s_failure;

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

    /// <summary>Keeps an exception until the end of the system call, where it is thrown; of several the first.</summary>
    /// <returns>False: there is no system call, so it is to be thrown at once.</returns>
    public static bool TryDefer(Exception exception)
    {
        if (s_depth == 0)
            return false;
        s_failure ??= ExceptionDispatchInfo.Capture(exception);
        return true;
    }

    private static void RunPending()
    {
        // Releasing may put further files: they queue up behind, and run in this same loop.
        s_depth++;
        while (s_pending is { Count: > 0 } pending)
        {
            try
            {
                pending.Dequeue().InvokeRelease();
            }
            catch (Exception e)
            {
                TryDefer(e);
            }
        }
        s_depth--;
        if (s_failure is { } failure)
        {
            s_failure = null;
            failure.Throw();
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
