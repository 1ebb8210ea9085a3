using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace VfioHandlerSample;

/// <summary>
/// Preserves devices that go on while the kernel is replaced. A device needs the iommufd that translates for it and the memfd of its ring, in the
/// same session; the bus and the IOMMU are FLBs.
/// </summary>
[LiveUpdateFileHandler("vfio-v2")]
[UsesFlb<PciFlb>]
[UsesFlb<IommuFlb>]
[DependsOn<Iommufd>]
[DependsOn<Memfd>]
public sealed partial class VfioHandler
{
    bool CanPreserve(VfioDevice file) => true;

    // Several files may be open on one device: it is the device that may be preserved once.
    ulong GetId(VfioDevice file) => ((ulong)file.Address.Segment << 16) | ((ulong)file.Address.Bus << 8) | file.Address.Function;

    void Preserve(
        VfioDevice file,
        out VfioState state,
        out VfioPin pin,
        SharedTable<PciEntry> devices,
        SharedTable<IommuDomain> domains,
        OutgoingDependency<Iommufd> iommufds,
        OutgoingDependency<Memfd> memfds)
    {
        state = new VfioState
        {
            IommufdToken = iommufds.GetToken(file.Iommu),
            RingToken = memfds.GetToken(file.Ring),
            DoneCount = file.DoneCount,
            Segment = file.Address.Segment,
            Bus = file.Address.Bus,
            Function = file.Address.Function,
        };
        if (!domains.Contains(file.Iommu.Domain))
            throw new ErrnoException(Errno.EINVAL, $"The IOMMU does not preserve {file.Iommu.Domain}.");
        devices.Add(new PciEntry(file.Address));
        pin = new VfioPin(file);
    }

    void Unpreserve(VfioDevice file, VfioPin pin, SharedTable<PciEntry> devices)
    {
        devices.Remove(new PciEntry(file.Address));
        pin.Dispose();
    }

    // The device works until the very last moment.
    void Freeze(VfioDevice file, ref VfioState state)
    {
        file.IsQuiet = true;
        state.DoneCount = file.DoneCount;
    }

    void Unfreeze(VfioDevice file) => file.IsQuiet = false;

    VfioDevice Retrieve(
        in VfioState state,
        SharedTable<PciEntry> devices,
        SharedTable<IommuDomain> domains,
        IncomingDependency<Iommufd> iommufds,
        IncomingDependency<Memfd> memfds)
    {
        var address = new PciAddress(state.Segment, state.Bus, state.Function);
        if (state.Reserved != 0 || !devices.Contains(new PciEntry(address)))
            throw new ErrnoException(Errno.EINVAL, $"The bus was not handed over with {address}.");
        Iommufd iommu = iommufds.GetFile(state.IommufdToken);
        if (!domains.Contains(iommu.Domain))
            throw new ErrnoException(Errno.EINVAL, $"The IOMMU was not handed over with {iommu.Domain}.");
        return new VfioDevice(address, iommu, memfds.GetFile(state.RingToken)) { DoneCount = state.DoneCount, IsQuiet = true };
    }

    // A device that nobody lets go on would be forgotten: the session stays until somebody does.
    bool CanFinish(VfioDevice? file) => file is not { IsQuiet: true };

    void Finish(VfioDevice? file)
    {
        // All that is handed over is in the state.
    }

    [RetrievesFrom("vfio-v1")]
    static VfioState Upgrade(in VfioStateV1 old) => new()
    {
        IommufdToken = old.IommufdToken,
        RingToken = old.RingToken,
        DoneCount = old.DoneCount,
        Segment = old.Segment,
        Bus = old.Bus,
        Function = old.Function,
    };
}
