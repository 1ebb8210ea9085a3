using LuoHandlers.Emulation;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>
/// A small machine that was rebooted: session "vm" with two memfds (tokens 1 and 2), an empty session "idle", session "db" with one memfd
/// (token 1), and, where there are any, an FLB. The memfds are mostly zeros, so that what is not zero in the image is structure.
/// </summary>
internal static class SmallHandover
{
    public static readonly string[] SessionNames = ["vm", "idle", "db"];

    /// <summary>The size of the memfd with the token 1 in "vm".</summary>
    public const int LargeSize = 5 * Page.Size;

    private static readonly Lazy<byte[]> Saved = new(() => Save(KernelProfile.Linux7_2));

    /// <summary>The image that the machine saves.</summary>
    public static byte[] Image => [.. Saved.Value];

    public static Machine CreateRebooted(MachineOptions? options = null)
    {
        Machine machine = Machine.Create((options ?? new MachineOptions()) with { MemoryBase = 0x10_0000, MemorySize = 4 << 20 });
        Kernel kernel = machine.Boot();
        Register(kernel);
        var agent = new Agent(kernel);
        int vm = agent.CreateSession("vm");
        agent.CreateSession("idle");
        int db = agent.CreateSession("db");
        Assert.Equal(0, agent.Preserve(vm, 1, CreateMemfd(kernel, LargeSize, 0xa1)));
        Assert.Equal(0, agent.Preserve(vm, 2, CreateMemfd(kernel, 100, 0xa2)));
        Assert.Equal(0, agent.Preserve(db, 1, CreateMemfd(kernel, 0, 0)));
        Assert.Equal(0, kernel.Reboot());
        return machine;
    }

    /// <summary>Registers the handler and the FLB that the handover needs.</summary>
    public static (MemfdHandler Handler, CountingFlb Flb) Register(Kernel kernel)
    {
        var handler = new MemfdHandler();
        var flb = new CountingFlb();
        kernel.RegisterFileHandler(handler);
        if (kernel.Profile.Flbs != FlbRules.None)
            Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        return (handler, flb);
    }

    public static Memfd CreateMemfd(Kernel kernel, int size, byte first)
    {
        // A page of no use to the next kernel, so that what is handed over is in several runs of memory.
        kernel.KexecHandover!.Pages.Allocate();
        var memfd = new Memfd(kernel.KexecHandover.Pages);
        memfd.SetSize(size);
        if (size > 0)
            memfd.WriteAt(0, [first]);
        memfd.Position = size / 2;
        return memfd;
    }

    /// <summary>The image that a machine of another kernel saves.</summary>
    public static byte[] Save(KernelProfile kernel)
    {
        using Machine machine = CreateRebooted(new MachineOptions { Kernel = kernel });
        using var stream = new MemoryStream();
        machine.SaveImage(stream);
        return stream.ToArray();
    }
}
