namespace LuoHandlers.Memory;

/// <summary>
/// Keeps a kernel's own writes to memory apart from the next kernel: it retires when the last of them is done, and none begins after that. Threads of
/// the old kernel may still be on their way when it is replaced.
/// </summary>
internal sealed class RetirementGate
{
    private int _useCount;
    private volatile bool _isRetired;

    /// <summary>Begins to use the memory; dispose the result when done.</summary>
    /// <exception cref="InvalidOperationException">The kernel is retired.</exception>
    public Use Enter()
    {
        Interlocked.Increment(ref _useCount);
        if (_isRetired)
        {
            Leave();
            ThrowIfRetired();
        }
        return new Use(this);
    }

    /// <exception cref="InvalidOperationException">The kernel is retired.</exception>
    public void ThrowIfRetired()
    {
        if (_isRetired)
            throw new InvalidOperationException("This kernel was replaced by a live update: its memory is the next kernel's now.");
    }

    /// <summary>Lets no use begin any more, and waits for those that have begun.</summary>
    public void Retire()
    {
        _isRetired = true;
        // Else the count could be read before a use, which has counted itself by then, can see the line above: both would go on.
        Interlocked.MemoryBarrier();
        var wait = new SpinWait();
        while (Volatile.Read(ref _useCount) != 0)
            wait.SpinOnce();
    }

    private void Leave() => Interlocked.Decrement(ref _useCount);

    /// <summary>The time in which memory is used.</summary>
    public readonly ref struct Use(RetirementGate gate)
    {
        public void Dispose() => gate.Leave();
    }
}
