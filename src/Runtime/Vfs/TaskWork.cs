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
    private static Queue<LuoFile>? _pending;

    [ThreadStatic]
    private static int _depth;

    /// <summary>The first exception that waits for the end of the system call.</summary>
    [ThreadStatic]
    private static ExceptionDispatchInfo? _failure;

    /// <summary>Enters a system call; dispose the result to leave it.</summary>
    public static Scope EnterSystemCall()
    {
        _depth++;
        return default;
    }

    public static void RunAtEndOfSystemCall(LuoFile file)
    {
        (_pending ??= new()).Enqueue(file);
        if (_depth == 0)
            RunPending();
    }

    /// <summary>Keeps an exception until the end of the system call, where it is thrown; of several the first.</summary>
    /// <returns>False: there is no system call, so it is to be thrown at once.</returns>
    public static bool TryDefer(Exception exception)
    {
        if (_depth == 0)
            return false;
        _failure ??= ExceptionDispatchInfo.Capture(exception);
        return true;
    }

    private static void RunPending()
    {
        // Releasing may put further files: they queue up behind, and run in this same loop.
        _depth++;
        while (_pending is { Count: > 0 } pending)
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
        _depth--;
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    public readonly ref struct Scope
    {
        public void Dispose()
        {
            if (--_depth == 0)
                RunPending();
        }
    }
}
