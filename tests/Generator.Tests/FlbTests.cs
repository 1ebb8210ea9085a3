using System.Reflection;
using LuoHandlers.Emulation;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>Generated FLBs in a real emulated kernel, on both sides of a live update.</summary>
public sealed class FlbTests
{
    private static readonly Assembly Handlers = LoadedHandlers.Load(HandlerInput.Read("Flbs"));

    [Theory]
    [InlineData("7.2")]
    [InlineData("7.0")]
    public void The_object_is_preserved_with_the_first_file_and_finished_with_the_last(string version)
    {
        using Machine machine = CreateMachine(version);
        Kernel old = machine.Boot();
        Register(old);
        LiveUpdateSession session = old.OpenLiveUpdate().CreateSession("session");
        session.PreserveFile(1, Create("Vfio"));
        session.PreserveFile(2, Create("Iommufd"));
        Assert.Equal(["preserve"], Flb(old, "IommuCore").Calls);
        using (FlbLease<Domains> lease = GetDomains(old, "GetOutgoing"))
            Assert.Equal(["preserve"], lease.Object!.Users);

        Kernel next = old.Kexec();
        Register(next);
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using LiveUpdateSession retrieved = device.RetrieveSession("session");
        retrieved.RetrieveFile<LuoFile>(2).Put();
        Assert.Empty(Flb(next, "IommuCore").Calls);
        retrieved.RetrieveFile<LuoFile>(1).Put();
        using (FlbLease<Domains> lease = GetDomains(next, "GetIncoming"))
            Assert.Equal(["retrieve 8 3"], lease.Object!.Users);
        Assert.Equal(["retrieve"], Flb(next, "IommuCore").Calls);
        // Nobody else asks for it.
        GetIncoming<object>(next, "RawCore").Dispose();
        long before = next.KexecHandover!.InheritedPageCount;
        retrieved.Finish();

        Assert.Equal(["retrieve", "finish 7 3"], Flb(next, "IommuCore").Calls);
        Assert.Equal(["retrieve 5", "finish 5 5"], Flb(next, "Pci+Core").Calls);
        Assert.Equal(["retrieve 1234", "finish 1234 4660"], Flb(next, "RawCore").Calls);
        // The page of the state; those of LUO itself are left.
        Assert.True(next.KexecHandover.InheritedPageCount < before);
        Assert.Equal(Baseline(version), next.KexecHandover.InheritedPageCount);
    }

    [Fact]
    public void A_state_can_be_read_by_others_until_the_finish()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel next = HandOver(machine);
        Register(next);
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using LiveUpdateSession session = device.RetrieveSession("session");

        using (GetDomains(next, "GetIncoming"))
        using (GetDomains(next, "GetIncoming"))
            session.Finish();

        // The last lease ends it, and its memory was there until then.
        Assert.Equal(["retrieve", "finish 7 3"], Flb(next, "IommuCore").Calls);
    }

    [Fact]
    public void Closing_the_session_gives_every_page_back()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel kernel = machine.Boot();
        Register(kernel);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        using (LiveUpdateSession session = device.CreateSession("session"))
        {
            session.PreserveFile(1, Create("Vfio"));
            session.PreserveFile(2, Create("Iommufd"));
            Assert.True(kernel.KexecHandover.PreservedPageCount >= preserved + 2);
        }

        Assert.Equal(["preserve", "unpreserve 7 3"], Flb(kernel, "IommuCore").Calls);
        Assert.Equal(["unpreserve"], Flb(kernel, "Pci+Core").Calls);
        Assert.Equal(["unpreserve 1234"], Flb(kernel, "RawCore").Calls);
        Assert.Equal(preserved, kernel.KexecHandover.PreservedPageCount);
    }

    [Fact]
    public void A_preserve_that_fails_leaves_no_page()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel kernel = machine.Boot();
        Register(kernel);
        Flb(kernel, "IommuCore").Failing = "preserve";
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        using (LiveUpdateSession session = device.CreateSession("session"))
            Assert.Equal(Errno.EBUSY, Assert.Throws<LuoException>(() => session.PreserveFile(1, Create("Vfio"))).Errno);

        Assert.Equal(preserved, kernel.KexecHandover.PreservedPageCount);
    }

    [Fact]
    public void A_retrieve_that_fails_leaves_no_page_and_fails_the_file()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel next = HandOver(machine);
        Register(next);
        Flb(next, "IommuCore").Failing = "retrieve";
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using (LiveUpdateSession session = device.RetrieveSession("session"))
        {
            Assert.Equal(Errno.EBUSY, Assert.Throws<LuoException>(() => session.RetrieveFile<LuoFile>(1)).Errno);
            Assert.Equal(["retrieve"], Flb(next, "IommuCore").Calls);
        }

        Assert.Equal(Baseline("7.2"), next.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void Every_callback_that_takes_the_object_gets_this_kernels()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel kernel = machine.Boot();
        Register(kernel);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.CreateSession("session");
        session.PreserveFile(1, Create("Vfio"));
        kernel.RegisterFileHandler(new RefusingHandler());
        session.PreserveFile(2, new Document("refusing"));
        Assert.Equal(-(int)Errno.EBUSY, kernel.Reboot());
        Domains domains;
        using (FlbLease<Domains> lease = GetDomains(kernel, "GetOutgoing"))
            domains = lease.Object!;
        session.Dispose();

        Assert.Equal(["preserve", "freeze", "unfreeze", "unpreserve"], domains.Users);
    }

    [Fact]
    public void A_handler_that_the_caller_registers_has_its_flbs_too()
    {
        using Machine machine = CreateMachine("7.2");
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(CreateHandler("IommufdHandler"));
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.CreateSession("session");
        session.PreserveFile(1, Create("Iommufd"));

        Assert.Equal(["preserve"], Flb(kernel, "IommuCore").Calls);
    }

    [Fact]
    public void A_kernel_without_flbs_says_so_and_does_not_take_the_handler()
    {
        using Machine machine = CreateMachine("6.19");
        Kernel kernel = machine.Boot();

        ErrnoException error = Assert.Throws<ErrnoException>(() => Register(kernel));

        Assert.Equal(Errno.EOPNOTSUPP, error.Errno);
        Assert.Contains("\"iommu-core-v1\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("Linux 6.19 has no FLBs", error.Message, StringComparison.Ordinal);
        // Not left behind without its FLB: the string is free.
        Assert.Equal(0, kernel.Orchestrator.RegisterFileHandler(CreateHandler("IommufdHandler")));
    }

    [Fact]
    public void A_link_that_fails_takes_the_handler_and_the_other_links_back()
    {
        using Machine machine = CreateMachine("7.0");
        Kernel kernel = machine.Boot();
        var refusing = new RefusingHandler();
        kernel.RegisterFileHandler(refusing);
        kernel.RegisterFlb(refusing, new TakenFlb());

        Assert.Equal(Errno.EEXIST, Assert.Throws<ErrnoException>(() => kernel.RegisterFileHandler(CreateHandler("VfioHandler"))).Errno);

        kernel.RegisterFileHandler(CreateHandler("IommufdHandler"));
        Assert.Equal(0, kernel.Orchestrator.RegisterFileHandler(CreateHandler("VfioHandler")));
    }

    [Fact]
    public void Kernels_share_no_flb_and_handlers_of_a_kernel_do()
    {
        using Machine first = CreateMachine("7.2");
        using Machine second = CreateMachine("7.2");
        Kernel one = first.Boot();
        Kernel other = second.Boot();
        Register(one);
        Register(other);

        Assert.NotSame(Flb(one, "IommuCore"), Flb(other, "IommuCore"));
        Assert.Same(
            ((IUsesFlbs)CreateHandler("VfioHandler")).AttachTo(one)[0],
            ((IUsesFlbs)CreateHandler("IommufdHandler")).AttachTo(one)[0]);
    }

    private static Machine CreateMachine(string version) => Machine.Create(new MachineOptions { Kernel = KernelProfile.Find(version)! });

    private static Kernel HandOver(Machine machine)
    {
        Kernel old = machine.Boot();
        Register(old);
        LiveUpdateSession session = old.OpenLiveUpdate().CreateSession("session");
        session.PreserveFile(1, Create("Vfio"));
        return old.Kexec();
    }

    // What is left of a handover without any session.
    private static long Baseline(string version)
    {
        using Machine machine = CreateMachine(version);
        Kernel next = machine.Boot().Kexec();
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        return next.KexecHandover!.InheritedPageCount;
    }

    private static void Register(Kernel kernel) => Handlers.GetType("LuoHandlers.Emulation.GeneratedHandlerRegistration")!
        .GetMethod("RegisterGeneratedHandlers")!.CreateDelegate<Action<Kernel>>()(kernel);

    private static LuoFile Create(string type) => (LuoFile)Activator.CreateInstance(Handlers.GetType($"Sharing.{type}", throwOnError: true)!)!;

    private static ILiveUpdateFileHandler CreateHandler(string type) =>
        (ILiveUpdateFileHandler)Activator.CreateInstance(Handlers.GetType($"Sharing.{type}", throwOnError: true)!)!;

    private static IScriptedFlb Flb(Kernel kernel, string type) => (IScriptedFlb)typeof(Kernel).GetMethod(nameof(Kernel.GetFlb))!
        .MakeGenericMethod(Handlers.GetType($"Sharing.{type}", throwOnError: true)!).Invoke(kernel, null)!;

    private static FlbLease<Domains> GetDomains(Kernel kernel, string method) =>
        Handlers.GetType("Sharing.IommuCore")!.GetMethod(method)!.CreateDelegate<Func<Kernel, FlbLease<Domains>>>()(kernel);

    private static FlbLease<T> GetIncoming<T>(Kernel kernel, string type)
        where T : class => kernel.GetIncomingFlb<T>((ILiveUpdateFlb)Flb(kernel, type));

    /// <summary>Preserves documents, and refuses to freeze them.</summary>
    private sealed class RefusingHandler : ILiveUpdateFileHandler
    {
        public ReadOnlySpan<byte> Compatible => "refusing-v1"u8;

        public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze;

        public bool CanPreserve(LuoFile file) => file is Document;

        public int Preserve(ref LiveUpdateFileOpArgs args) => 0;

        public void Unpreserve(ref LiveUpdateFileOpArgs args)
        {
        }

        public int Freeze(ref LiveUpdateFileOpArgs args) => -(int)Errno.EBUSY;

        public int Retrieve(ref LiveUpdateFileOpArgs args) => -(int)Errno.EOPNOTSUPP;

        public void Finish(ref LiveUpdateFileOpArgs args)
        {
        }
    }

    /// <summary>Has the compatible string of another FLB.</summary>
    private sealed class TakenFlb : ILiveUpdateFlb
    {
        public ReadOnlySpan<byte> Compatible => "pci-core-v1"u8;

        public FlbCallbacks Callbacks => FlbCallbacks.Required;

        public int Preserve(ref LiveUpdateFlbOpArgs args) => 0;

        public void Unpreserve(ref LiveUpdateFlbOpArgs args)
        {
        }

        public int Retrieve(ref LiveUpdateFlbOpArgs args) => 0;

        public void Finish(ref LiveUpdateFlbOpArgs args)
        {
        }
    }
}
