using LuoHandlers.Vfs;

namespace VfioHandlerSample;

/// <summary>A file like that of a VFIO device: a PCI device that a virtual machine drives, through an iommufd and a ring in a memfd.</summary>
public sealed class VfioDevice : LuoFile
{
    /// <summary>Makes a file; it takes references on the others.</summary>
    public VfioDevice(PciAddress address, Iommufd iommu, Memfd ring)
    {
        ArgumentNullException.ThrowIfNull(iommu);
        ArgumentNullException.ThrowIfNull(ring);
        iommu.Get();
        ring.Get();
        Address = address;
        Iommu = iommu;
        Ring = ring;
    }

    /// <summary>Which device it is.</summary>
    public PciAddress Address { get; }

    /// <summary>What memory the device sees.</summary>
    public Iommufd Iommu { get; }

    /// <summary>Where requests are put.</summary>
    public Memfd Ring { get; }

    /// <summary>How many requests the device has done.</summary>
    public ulong DoneCount { get; internal set; }

    /// <summary>Whether the device does nothing for now.</summary>
    public bool IsQuiet { get; internal set; }

    /// <summary>Whether the device must not be reset.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>Lets the device do a request, unless it is quiet.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryKick()
    {
        if (IsQuiet)
            return false;
        DoneCount++;
        return true;
    }

    /// <summary>Lets a device go on that was retrieved.</summary>
    public void Resume() => IsQuiet = false;

    /// <inheritdoc/>
    protected override void Release()
    {
        Iommu.Put();
        Ring.Put();
    }
}
