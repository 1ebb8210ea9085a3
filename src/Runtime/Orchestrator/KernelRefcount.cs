namespace LuoHandlers.Orchestrator;

/// <summary>
/// The kernel's <c>refcount_t</c>: instead of wrapping around, it sticks at a value from which it never comes back to zero, with a warning for
/// every step that should not be. Guarded by the lock of its owner.
/// </summary>
internal struct KernelRefcount
{
    private const int Saturated = unchecked((int)0xC0000000);

    /// <summary>The count as the kernel hands it over: unsigned.</summary>
    public readonly uint Value => (uint)Count;

    public readonly bool IsZero => Count == 0;

    private int Count { get; set; }

    public void Set(uint value) => Count = (int)value;

    /// <summary>Adds a reference.</summary>
    /// <returns>False: there was none to begin with, or the count is stuck; it is stuck now.</returns>
    public bool Increment()
    {
        int old = Count;
        Count = old + 1;
        if (old > 0 && old != int.MaxValue)
            return true;
        Count = Saturated;
        return false;
    }

    /// <summary>Drops a reference.</summary>
    /// <param name="isLast">Whether that was the last one.</param>
    /// <returns>False: there was none to drop, or the count is stuck; it is stuck now.</returns>
    public bool Decrement(out bool isLast)
    {
        isLast = Count == 1;
        if (Count > 0)
        {
            Count--;
            return true;
        }
        Count = Saturated;
        return false;
    }
}
