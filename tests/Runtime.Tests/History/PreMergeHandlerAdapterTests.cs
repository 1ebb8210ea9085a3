using LuoHandlers.Emulation;
using LuoHandlers.History;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.History;

/// <summary>A handler of the series before the merge, in the LUO of every kernel since.</summary>
public sealed class PreMergeHandlerAdapterTests
{
    public static TheoryData<string> Kernels => [.. KernelProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AFileSurvivesALiveUpdate(string name)
    {
        using Machine machine = Create(name);
        Kernel kernel = machine.Boot();
        object argument = new();
        var handler = new ScriptedPreMergeHandler { FreezeAddend = 100 };
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler, argument));
        var agent = new Agent(kernel);
        int session = agent.CreateSession("vm");
        Assert.Equal(0, agent.Preserve(session, 1, agent.Open(new PlainFile(5))));
        Assert.Equal(0, agent.Preserve(session, 2, agent.Open(new PlainFile(6))));
        Assert.Same(argument, handler.LastArgument);
        kernel = kernel.Kexec();
        Assert.Equal(["prepare 5", "prepare 6", "freeze 5", "freeze 6"], handler.Calls);

        handler = new ScriptedPreMergeHandler();
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler));
        agent = new Agent(kernel);
        session = agent.RetrieveSession("vm");
        Assert.Equal(105UL, ((PlainFile)kernel.GetFile(agent.Retrieve(session, 1))!).Value);
        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(["retrieve 105", "finish 106 unclaimed without file", "finish 105 reclaimed with file"], handler.Calls);
    }

    [Fact]
    public void FinishIsToldOfARetrieveThatFailed()
    {
        using Machine machine = Create("7.2");
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(new ScriptedPreMergeHandler()));
        var agent = new Agent(kernel);
        Assert.Equal(0, agent.Preserve(agent.CreateSession("vm"), 1, agent.Open(new PlainFile(5))));
        kernel = kernel.Kexec();
        var handler = new ScriptedPreMergeHandler { OnRetrieve = static () => -(int)Errno.ENOMEM };
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler));
        agent = new Agent(kernel);
        int session = agent.RetrieveSession("vm");
        Assert.Equal(-(int)Errno.ENOMEM, agent.Retrieve(session, 1));
        Assert.Equal(0, agent.Finish(session));
        Assert.Equal("finish 5 reclaimed without file", handler.Calls[^1]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AThawedFileIsPreparedOnceMoreByTheNextFreeze(string name)
    {
        using Machine machine = Create(name);
        Kernel kernel = machine.Boot();
        var handler = new ScriptedPreMergeHandler { FreezeAddend = 100 };
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler));
        var agent = new Agent(kernel);
        int session = agent.CreateSession("vm");
        Assert.Equal(0, agent.Preserve(session, 1, agent.Open(new PlainFile(5))));
        Assert.Equal(0, agent.Preserve(session, 2, agent.Open(new PlainFile(6))));
        handler.OnFreeze = static file => file.Value == 6 ? -(int)Errno.EAGAIN : 0;
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        Assert.Equal(["prepare 5", "prepare 6", "freeze 5", "freeze 6", "cancel 105"], handler.Calls);

        handler.Calls.Clear();
        handler.OnFreeze = static _ => 0;
        kernel = kernel.Kexec();
        Assert.Equal(["prepare 5", "freeze 5", "freeze 6"], handler.Calls);
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(new ScriptedPreMergeHandler()));
        agent = new Agent(kernel);
        session = agent.RetrieveSession("vm");
        Assert.Equal(105UL, ((PlainFile)kernel.GetFile(agent.Retrieve(session, 1))!).Value);
        Assert.Equal(106UL, ((PlainFile)kernel.GetFile(agent.Retrieve(session, 2))!).Value);
    }

    [Fact]
    public void EveryPrepareIsCancelledOnce()
    {
        using Machine machine = Create("7.2");
        Kernel kernel = machine.Boot();
        var handler = new ScriptedPreMergeHandler();
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler));
        var agent = new Agent(kernel);
        PlainFile[] files = [new(5), new(6)];
        int[] descriptors = [.. files.Select(agent.Open)];
        KernelLedger before = KernelLedger.Capture(kernel, [.. files]);
        int session = agent.CreateSession("vm");
        Assert.Equal(0, agent.Preserve(session, 1, descriptors[0]));
        Assert.Equal(0, agent.Preserve(session, 2, descriptors[1]));
        handler.OnFreeze = static file => file.Value == 6 ? -(int)Errno.EAGAIN : 0;
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        agent.Close(session);
        Assert.Equal(["cancel 5", "cancel 6"], handler.Calls.Where(call => call.StartsWith("cancel", StringComparison.Ordinal)));
        before.AssertSame(kernel, [.. files]);
    }

    [Fact]
    public void APrepareThatFailsPreservesNothing()
    {
        using Machine machine = Create("7.2");
        Kernel kernel = machine.Boot();
        var handler = new ScriptedPreMergeHandler { OnPrepare = static _ => -(int)Errno.ENOMEM };
        kernel.RegisterFileHandler(new PreMergeHandlerAdapter(handler));
        var agent = new Agent(kernel);
        int session = agent.CreateSession("vm");
        Assert.Equal(-(int)Errno.ENOMEM, agent.Preserve(session, 1, agent.Open(new PlainFile(5))));
        agent.Close(session);
        Assert.Equal(["prepare 5"], handler.Calls);
    }

    private static Machine Create(string kernel) =>
        Machine.Create(new MachineOptions { MemorySize = 64 * TestMachine.Megabyte, Kernel = KernelProfile.Find(kernel)! });
}
