using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Vfs;
using VfioHandlerSample;

namespace LuoHandlers.Samples.Tests;

/// <summary>Preserves a device as the first version of the sample did: <c>vfio-v1</c>, 20 bytes. It only hands over.</summary>
internal sealed class OlderVfioHandler : ILiveUpdateFileHandler, IUsesFlbs
{
    private Kernel? _kernel;

    public ReadOnlySpan<byte> Compatible => "vfio-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;

    public ILiveUpdateFlb[] AttachTo(Kernel kernel)
    {
        _kernel = kernel;
        return [kernel.GetFlb<PciFlb>(), kernel.GetFlb<IommuFlb>()];
    }

    public bool CanPreserve(LuoFile file) => file is VfioDevice;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        var device = (VfioDevice)args.File!;
        using FlbLease<SharedTable<PciEntry>> bus = PciFlb.GetOutgoing(_kernel!);
        bus.Object!.Add(new PciEntry(device.Address));
        PreservedStateMemory<VfioStateV1>.Allocate(ref args).Value = new VfioStateV1
        {
            IommufdToken = (uint)new OutgoingDependency<Iommufd>(in args).GetToken(device.Iommu),
            RingToken = (uint)new OutgoingDependency<Memfd>(in args).GetToken(device.Ring),
            DoneCount = 5,
            Segment = (ushort)device.Address.Segment,
            Bus = device.Address.Bus,
            Function = device.Address.Function,
        };
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();

    public int Retrieve(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();

    public void Finish(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();
}
