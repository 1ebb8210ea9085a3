using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>What the previous kernel handed over, as the readers of its formats see it: in the kernel that boots, or in an image that is only looked at.</summary>
internal interface IInheritedMemory
{
    /// <summary>Whether inherited memory that is neither restored nor freed starts at an address, with that many bytes.</summary>
    bool TryFindInherited(PhysicalAddress address, int byteCount, out KhoRange range);

    /// <summary>The bytes of an inherited range.</summary>
    Span<byte> GetSpan(KhoRange range);

    /// <summary>Gives up inherited memory: nothing else can have it from now on.</summary>
    /// <returns>False: it is not inherited, or was given up already.</returns>
    bool TryRestoreFree(KhoRange range);

    /// <summary>Counts one more block of a chain that is followed.</summary>
    /// <returns>False: chains had more blocks by now than pages were handed over. They share blocks, and to go on may take for ever.</returns>
    bool TryFollowBlock();
}
