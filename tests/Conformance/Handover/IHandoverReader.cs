using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Handover;

/// <summary>Reads what a kernel of one era handed over.</summary>
internal interface IHandoverReader
{
    /// <param name="memory">The machine's memory, after the kernel is gone.</param>
    /// <param name="root">The address of the root tree of Kexec Handover; null if nothing was handed over.</param>
    /// <exception cref="UnreadableHandoverException">The memory does not have this era's format.</exception>
    HandoverState Read(PhysicalMemory memory, PhysicalAddress root);
}
