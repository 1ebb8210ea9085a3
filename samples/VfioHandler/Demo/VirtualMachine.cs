using LuoHandlers.Emulation;
using LuoHandlers.Vfs;

namespace VfioHandlerSample.Demo;

/// <summary>The virtual machine of the demonstration: what it is made of, and whether it is what it was.</summary>
internal static class VirtualMachine
{
    public const string SessionName = "vm-1";
    public const ulong DoneCount = 1000;

    private const int MemorySize = 4 << 20;
    private static readonly IommuDomain Domain = new(7);
    private static readonly PciAddress Address = new(0x10001, 0x3b, 0x08);

    private static readonly IommuMapping[] Mappings =
    [
        new(0x1000_0000, 0, 2 << 20, 0),
        new(0x2000_0000, 2 << 20, 1 << 20, 0),
    ];

    /// <summary>Makes the files of the machine, as its session holds them.</summary>
    public static VmSession Create(Kernel kernel)
    {
        Memfd memory = Fill(kernel.CreateMemfd(), MemorySize, seed: 1);
        Memfd ring = Fill(kernel.CreateMemfd(), 8192, seed: 2);
        var iommu = new Iommufd(memory, Domain);
        foreach (IommuMapping mapping in Mappings)
            iommu.Map(mapping);
        return new VmSession { GuestMemory = memory, Ring = ring, Iommu = iommu, Device = new VfioDevice(Address, iommu, ring) };
    }

    /// <summary>What is not as it was, one line each.</summary>
    public static IEnumerable<string> FindFaults(VmSession session)
    {
        if (!IsFilled(session.GuestMemory, MemorySize, seed: 1))
            yield return "The memory of the guest is not what it was.";
        if (!IsFilled(session.Ring, 8192, seed: 2))
            yield return "The ring is not what it was.";
        if (session.Iommu.Memory != session.GuestMemory || session.Iommu.Domain != Domain || !session.Iommu.Mappings.SequenceEqual(Mappings))
            yield return "The iommufd does not map what it did.";
        VfioDevice device = session.Device;
        if (device.Iommu != session.Iommu || device.Ring != session.Ring || device.Address != Address || device.DoneCount != DoneCount)
            yield return $"The device is not what it was: {device.Address} has done {device.DoneCount}.";
    }

    private static Memfd Fill(Memfd memfd, int size, int seed)
    {
        memfd.WriteAt(0, CreateContents(size, seed));
        return memfd;
    }

    private static bool IsFilled(Memfd memfd, int size, int seed)
    {
        byte[] contents = new byte[memfd.Size];
        return memfd.ReadAt(0, contents) == size && contents.AsSpan().SequenceEqual(CreateContents(size, seed));
    }

    private static byte[] CreateContents(int size, int seed)
    {
        byte[] contents = new byte[size];
        new Random(seed).NextBytes(contents);
        return contents;
    }
}
