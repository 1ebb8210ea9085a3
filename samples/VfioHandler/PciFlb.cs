using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>The PCI bus: which devices go through the live update with their files.</summary>
[LiveUpdateFlb("pci-v1")]
public sealed partial class PciFlb
{
    private const ulong Capacity = 256;

    SharedTable<PciEntry> Preserve(out PciState state, IKho kho)
    {
        var devices = KhoVmallocArray<PciEntry>.AllocatePreserved(kho, Capacity);
        state = new PciState { Capacity = devices.Count, Devices = devices.Descriptor };
        return new SharedTable<PciEntry>(devices);
    }

    void Unpreserve(in PciState state, IKho kho) =>
        KhoVmallocArray<PciEntry>.FindPreserved(kho, state.Devices, state.Capacity).UnpreserveFree();

    SharedTable<PciEntry> Retrieve(in PciState state, IKho kho) =>
        new(KhoVmallocArray<PciEntry>.FindInherited(kho, state.Devices, state.Capacity));

    void Finish(in PciState state, IKho kho) =>
        KhoVmallocArray<PciEntry>.FindInherited(kho, state.Devices, state.Capacity).RestoreFree();
}
