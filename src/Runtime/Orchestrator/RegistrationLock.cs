namespace LuoHandlers.Orchestrator;

/// <summary>
/// The lock of registrations. Who only looks a handler up does not wait for it, as what it finds never changes; but it is remembered which callbacks
/// Linux calls with the lock held for reading, as registering from there would wait for itself.
/// </summary>
/// <param name="isHeldByCallbacks">Whether the kernel holds it while it calls can_preserve, or an FLB on behalf of a file.</param>
internal sealed class RegistrationLock(bool isHeldByCallbacks)
{
    private readonly Lock _lock = new();

    /// <summary>Enters a part of LUO in which registrations can't change; dispose the result to leave it.</summary>
    public ReadScope EnterRead()
    {
        if (!isHeldByCallbacks)
            return default;
        HeldLocks.Push(this);
        return new ReadScope(isHeld: true);
    }

    /// <summary>Begins to change registrations; dispose the result when done.</summary>
    /// <exception cref="LockRecursionException">Linux would deadlock.</exception>
    public Lock.Scope EnterWrite() => HeldLocks.Contains(this)
        ? throw new LockRecursionException(
            "Handlers or FLBs are registered or unregistered from can_preserve, or from a callback of an FLB that LUO calls for a file: Linux would deadlock, as it holds the lock of registrations there. Do it from another callback, or later.")
        : _lock.EnterScope();

    public readonly ref struct ReadScope(bool isHeld)
    {
        public void Dispose()
        {
            if (isHeld)
                HeldLocks.Pop();
        }
    }
}
