using LuoHandlers;
using LuoHandlers.Vfs;

namespace VfioHandlerSample;

/// <summary>The files of a virtual machine. What others depend on has the lower token, so that it is preserved first.</summary>
[LiveUpdateSession]
public sealed partial class VmSession
{
    /// <summary>The memory of the guest.</summary>
    [Token(1)]
    public partial Memfd GuestMemory { get; set; }

    /// <summary>The ring of the device.</summary>
    [Token(2)]
    public partial Memfd Ring { get; set; }

    /// <summary>What translates for the device.</summary>
    [Token(3)]
    public partial Iommufd Iommu { get; set; }

    /// <summary>The device.</summary>
    [Token(4)]
    public partial VfioDevice Device { get; set; }
}
