using LuoHandlers.Emulation;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Uapi;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>Generated handlers in a real emulated kernel, through a live update.</summary>
public sealed class LiveUpdateTests
{
    private const ulong Token = 7;

    public static TheoryData<string> Kinds => ["ScriptedState", "ScriptedInlineState", "ScriptedHandle", "ScriptedUnreadState"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_comes_back_and_no_page_is_left(string kind)
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine, kind, out _);
        long preserved = old.KexecHandover!.PreservedPageCount;
        Preserve(old);
        Assert.Equal(kind is "ScriptedState" or "ScriptedUnreadState", StatePageCount(old, preserved) > 0);

        Kernel next = old.Kexec();
        next.RegisterFileHandler(Create(kind));
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using LiveUpdateSession session = device.RetrieveSession("session");
        var file = (Document)next.GetFile(session.RetrieveFd(Token))!;

        // Freeze saw the last position.
        if (kind != "ScriptedUnreadState")
            Assert.Equal(9UL, file.Position);
        session.Finish();
        AssertNothingInherited(next, machine);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_nobody_retrieves_leaves_no_page(string kind)
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine, kind, out _);
        Preserve(old);

        Kernel next = old.Kexec();
        next.RegisterFileHandler(Create(kind));
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using LiveUpdateSession session = device.RetrieveSession("session");
        session.Finish();

        AssertNothingInherited(next, machine);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_freeze_that_throws_anything_rolls_back_and_the_next_one_goes_through(string kind)
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine, kind, out ILiveUpdateFileHandler handler);
        Preserve(old);
        HandlerScript script = ((IScriptedHandler)handler).Script;
        script.Throw("freeze", new InvalidOperationException("Refused by the test."));

        Assert.Equal(-(int)Errno.EIO, old.Reboot());
        script.Throw("nothing", new InvalidOperationException());

        Assert.Equal(0, old.Reboot());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Closing_the_session_gives_every_page_back(string kind)
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine, kind, out _);
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
        using (LiveUpdateSession session = device.CreateSession("session"))
            session.PreserveFd(Token, kernel.OpenFile(() => new Document("old")));

        Assert.Equal(preserved, kernel.KexecHandover!.PreservedPageCount);
    }

    private static Kernel Boot(Machine machine, string kind, out ILiveUpdateFileHandler handler)
    {
        Kernel kernel = machine.Boot();
        handler = Create(kind);
        kernel.RegisterFileHandler(handler);
        return kernel;
    }

    private static ILiveUpdateFileHandler Create(string kind) => LoadedHandlers.Create(kind, $"Scripted.{kind}Handler");

    // The session stays open, as an agent's does until the reboot.
    private static void Preserve(Kernel kernel)
    {
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("session");
        int descriptor = kernel.OpenFile(() => new Document("old") { Position = 3, Size = 40 });
        session.PreserveFd(Token, descriptor);
        ((Document)kernel.GetFile(descriptor)!).Position = 9;
    }

    // The session's and the file's blocks take one page each.
    private static long StatePageCount(Kernel kernel, long before) => kernel.KexecHandover!.PreservedPageCount - before - 2;

    // What a kernel without any session inherits is what is left here.
    private static void AssertNothingInherited(Kernel next, Machine machine)
    {
        using Machine empty = Machine.Create(machine.Options);
        long expected = empty.Boot().Kexec().KexecHandover!.InheritedPageCount;
        Assert.Equal(expected, next.KexecHandover!.InheritedPageCount);
    }
}
