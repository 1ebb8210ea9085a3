namespace LuoHandlers.Handlers;

/// <summary>A kernel module that owns handlers or FLBs: while LUO holds references, it can't be unloaded.</summary>
/// <param name="name">The module's name, for messages.</param>
public sealed class KernelModule(string name)
{
    private int _referenceCount;

    /// <summary>The module's name.</summary>
    public string Name { get; } = name;

    /// <summary>False while the module is going away: then no new reference can be taken.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>How many references LUO holds.</summary>
    public int ReferenceCount => Volatile.Read(ref _referenceCount);

    internal bool TryGet()
    {
        if (!IsLive)
            return false;
        Interlocked.Increment(ref _referenceCount);
        return true;
    }

    internal void Put() => Interlocked.Decrement(ref _referenceCount);
}
