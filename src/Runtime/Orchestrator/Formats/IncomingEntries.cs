namespace LuoHandlers.Orchestrator.Formats;

/// <summary>Entries that the previous kernel wrote, found in inherited memory.</summary>
internal abstract class IncomingEntries
{
    /// <summary>How many entries there are.</summary>
    public abstract int Count { get; }

    /// <summary>Whether more entries are counted than the memory can hold: Linux would read what is not there.</summary>
    public virtual bool IsCutShort => false;

    /// <summary>The bytes of an entry.</summary>
    public abstract ReadOnlySpan<byte> this[int index] { get; }

    /// <summary>Frees the memory; what something else has by now stays with it.</summary>
    public abstract void Free();
}
