namespace LuoHandlers.Orchestrator;

/// <summary>
/// Keeps the reboot apart from all other operations; after a reboot that succeeded, it lets nothing through. Operations run side by side and cost two
/// atomic steps each; the reboot, which is rare, waits for them and holds up new ones.
/// </summary>
internal sealed class RebootGate
{
    private readonly Lock _rebootLock = new();
    private int _operationCount;
    private volatile bool _isRebooting;
    private volatile bool _isClosed;

    public Scope EnterOperation()
    {
        if (!TryEnterOperation(out Scope operation))
            ThrowIfClosed();
        return operation;
    }

    /// <summary>Enters, unless a reboot has succeeded.</summary>
    public bool TryEnterOperation(out Scope operation)
    {
        operation = default;
        if (IsRebootingHere)
            throw new LockRecursionException("LUO is used from a freeze or unfreeze callback: Linux would deadlock.");
        if (HeldLocks.Contains(this))
        {
            // The outer operation is counted: a reboot waits for it, and so for this one, whatever other kernels the way here led through.
            return true;
        }
        while (true)
        {
            Interlocked.Increment(ref _operationCount);
            if (!_isRebooting)
                break;
            LeaveOperation();
            // Wait until the reboot is done, one way or the other.
            lock (_rebootLock)
            {
            }
        }
        if (_isClosed)
        {
            LeaveOperation();
            return false;
        }
        operation = Scope.Enter(this, isReboot: false);
        return true;
    }

    public Scope EnterReboot()
    {
        if (HeldLocks.Contains(this) || _rebootLock.IsHeldByCurrentThread)
            throw new LockRecursionException("A reboot is started from a callback: Linux would deadlock.");
        _rebootLock.Enter();
        _isRebooting = true;
        // Else the count could be read before an operation, which has counted itself by then, can see the line above: both would go on.
        Interlocked.MemoryBarrier();
        var wait = new SpinWait();
        while (Volatile.Read(ref _operationCount) != 0)
            wait.SpinOnce();
        if (_isClosed)
        {
            LeaveReboot();
            ThrowIfClosed();
        }
        return Scope.Enter(this, isReboot: true);
    }

    /// <summary>Whether this thread does the reboot.</summary>
    public bool IsRebootingHere => _isRebooting && _rebootLock.IsHeldByCurrentThread;

    public void Close() => _isClosed = true;

    private void LeaveOperation() => Interlocked.Decrement(ref _operationCount);

    private void LeaveReboot()
    {
        _isRebooting = false;
        _rebootLock.Exit();
    }

    private void ThrowIfClosed()
    {
        // Linux would block for ever.
        if (_isClosed)
            throw new InvalidOperationException("This kernel was replaced by a live update: use the next one.");
    }

    /// <summary>The time inside the gate; dispose it to leave.</summary>
    public readonly ref struct Scope
    {
        private readonly RebootGate? _gate;
        private readonly bool _isReboot;

        private Scope(RebootGate gate, bool isReboot)
        {
            _gate = gate;
            _isReboot = isReboot;
        }

        public static Scope Enter(RebootGate gate, bool isReboot)
        {
            HeldLocks.Push(gate);
            return new Scope(gate, isReboot);
        }

        public void Dispose()
        {
            // Inside of another operation there is nothing to leave.
            if (_gate is null)
                return;
            HeldLocks.Pop();
            if (_isReboot)
                _gate.LeaveReboot();
            else
                _gate.LeaveOperation();
        }
    }
}
