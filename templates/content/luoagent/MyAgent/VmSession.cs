using LuoHandlers;
using LuoHandlers.Vfs;

namespace MyAgent;

/// <summary>What survives of a virtual machine. The next program knows the files by their tokens: give none of them another meaning.</summary>
[LiveUpdateSession]
public sealed partial class VmSession
{
    /// <summary>The memory of the guest.</summary>
    [Token(1)]
    public partial Memfd GuestMemory { get; set; }

    /// <summary>What the devices were doing.</summary>
    [Token(2)]
    public partial Memfd DeviceState { get; set; }
}
