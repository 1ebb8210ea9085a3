using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// Preserved memory in which entries of one kind - the sessions of a kernel, the files of a session - are written at the reboot. Room is made
/// before: when a session is created or a file preserved, so that the reboot itself needs no memory.
/// </summary>
internal abstract class EntryStore
{
    /// <summary>The address to hand over: of the first block or of the array; null address if there is none.</summary>
    public abstract PhysicalAddress Address { get; }

    /// <summary>For how many entries there is room.</summary>
    public abstract int Capacity { get; }

    /// <summary>Whether there may be that many entries at all; a negative errno if not.</summary>
    public abstract int CheckLimit(int count);

    /// <summary>Makes room for that many entries.</summary>
    /// <returns>0 or a negative errno; then nothing has changed.</returns>
    public abstract int Reserve(int count);

    /// <summary>Gives back room that this many entries don't need.</summary>
    public abstract void Trim(int count);

    /// <summary>Whether memory is linked that this many entries leave empty, though some has been given to others.</summary>
    public virtual bool HasEmptyBlock(int count) => false;

    /// <summary>Whether any memory is held.</summary>
    public abstract bool HasMemory { get; }

    /// <summary>Begins to write from the first entry on.</summary>
    public abstract void Begin();

    /// <summary>The bytes of the next entry to write; counts it.</summary>
    public abstract Span<byte> Append();

    /// <summary>Takes back all that was written.</summary>
    public abstract void Clear();

    /// <summary>Forgets the memory without giving it back: it leaks.</summary>
    public abstract void Abandon();
}
