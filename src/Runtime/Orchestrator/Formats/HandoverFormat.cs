using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>How a kernel lays out in memory what LUO hands over. One for each era; which one is part of a <see cref="Profiles.KernelProfile"/>.</summary>
internal abstract class HandoverFormat
{
    /// <summary>The name of LUO's subtree in the KHO root.</summary>
    public const string SubtreeName = "LUO";

    /// <summary>The ABI string of the format, as it stands in memory.</summary>
    public abstract string Compatible { get; }

    /// <summary>The most sessions that a kernel can hand over.</summary>
    public abstract int MaximumSessions { get; }

    /// <summary>The most files that a session can have.</summary>
    public abstract int MaximumFilesPerSession { get; }

    /// <summary>Begins what this kernel will hand over, and announces it in the KHO root.</summary>
    /// <exception cref="ErrnoException">No memory: live update is off in this kernel.</exception>
    public abstract OutgoingHandover CreateOutgoing(KexecHandover kho, FaultInjection faults, ulong liveUpdateNumber);

    /// <summary>Reads, early at boot, what the previous kernel handed over.</summary>
    /// <exception cref="KernelPanicException">It is not of this format.</exception>
    /// <exception cref="InvalidHandoverException">It points to memory that was not handed over.</exception>
    public abstract IncomingHandover ReadIncoming(IInheritedMemory memory, FaultInjection faults, KhoSubtree subtree, BadEntries badEntries);

    /// <summary>Begins the store for the files of one session.</summary>
    public abstract EntryStore CreateFileStore(KexecHandover kho, FaultInjection faults);

    /// <summary>Finds the files of an incoming session.</summary>
    /// <param name="memory">Where.</param>
    /// <param name="faults">Which allocations shall fail.</param>
    /// <param name="session">The session's entry; not trusted.</param>
    /// <param name="badEntries">What to do about blocks that can't be read.</param>
    /// <param name="files">The entries.</param>
    /// <param name="fault">What is wrong, with address and field.</param>
    public abstract bool TryReadFiles(
        IInheritedMemory memory,
        FaultInjection faults,
        SessionEntry session,
        BadEntries badEntries,
        out IncomingEntries files,
        out string fault);
}
