using System.Diagnostics.CodeAnalysis;

namespace LuoHandlers.Orchestrator;

/// <summary>Keeps the reboot apart from all other operations; after a reboot that succeeded, it lets nothing through.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The lock holds nothing but memory while no thread waits for it, and lives as long as its kernel.")]
internal sealed class RebootGate
{
    // An operation may be started from a callback of another one, of another session.
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private volatile bool _isClosed;

    public Scope EnterOperation()
    {
        ThrowIfClosed();
        if (_lock.IsWriteLockHeld)
            throw new LockRecursionException("LUO is used from a freeze or unfreeze callback: Linux would deadlock.");
        _lock.EnterReadLock();
        if (_isClosed)
        {
            _lock.ExitReadLock();
            ThrowIfClosed();
        }
        return new Scope(_lock, isReboot: false);
    }

    public Scope EnterReboot()
    {
        ThrowIfClosed();
        if (_lock.IsReadLockHeld)
            throw new LockRecursionException("A reboot is started from a callback: Linux would deadlock.");
        _lock.EnterWriteLock();
        return new Scope(_lock, isReboot: true);
    }

    public void Close() => _isClosed = true;

    private void ThrowIfClosed()
    {
        // Linux would block for ever.
        if (_isClosed)
            throw new InvalidOperationException("This kernel was replaced by a live update: use the next one.");
    }

    public readonly ref struct Scope(ReaderWriterLockSlim gate, bool isReboot)
    {
        public void Dispose()
        {
            if (isReboot)
                gate.ExitWriteLock();
            else
                gate.ExitReadLock();
        }
    }
}
