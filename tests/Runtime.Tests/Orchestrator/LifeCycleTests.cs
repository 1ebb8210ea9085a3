using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>The life of sessions and files, told once in full; every rule of it is in the conformance scenarios.</summary>
public sealed class LifeCycleTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    [Fact]
    public void AFileSurvivesALiveUpdate()
    {
        Kernel old = _machine.Boot();
        old.With(new ScriptedHandler());
        var before = new Agent(old);
        int session = before.CreateSession("vm");
        Assert.Equal(0, before.Preserve(session, 42, before.Open(new PlainFile(0xabcd))));
        Assert.Equal(1, old.Orchestrator.OutgoingSessionCount);

        Kernel kernel = old.Kexec();
        Assert.True(old.IsReplaced);
        Assert.Same(kernel, _machine.Running);
        Assert.Equal(2UL, kernel.Orchestrator.LiveUpdateNumber);
        var handler = new ScriptedHandler();
        kernel.With(handler);
        var agent = new Agent(kernel);
        Assert.Equal(1, kernel.Orchestrator.IncomingSessionCount);
        session = agent.RetrieveSession("vm");
        Assert.Equal("vm", agent.GetName(session));
        int descriptor = agent.Retrieve(session, 42);
        Assert.Equal(0xabcdUL, ((PlainFile)kernel.GetFile(descriptor)!).Value);
        Assert.Same(kernel.GetFile(descriptor), kernel.GetFile(agent.Retrieve(session, 42)));
        Assert.Equal(1, handler.Count(FileHandlerCallbacks.Retrieve));

        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(-(int)Errno.ENOENT, agent.Retrieve(session, 42));
        agent.Close(session);
        agent.Close(descriptor);
        agent.Close(descriptor + 1);
        agent.Close(agent.Device);
        KernelLedger.AssertEmpty(kernel);
    }

    [Fact]
    public void ClosingAnOutgoingSessionTakesAllBack()
    {
        Kernel kernel = _machine.Boot();
        var order = new List<ulong>();
        var module = new KernelModule("plain");
        var handler = new ScriptedHandler
        {
            Owner = module,
            OnUnpreserve = (ref LiveUpdateFileOpArgs args) =>
            {
                order.Add(args.SerializedData);
                return 0;
            },
        };
        var flb = new ScriptedFlb { Owner = module };
        kernel.With(handler);
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        var agent = new Agent(kernel);
        PlainFile[] files = [new(1), new(2), new(3)];
        int[] descriptors = [.. files.Select(agent.Open)];
        KernelLedger before = KernelLedger.Capture(kernel, [.. files, module]);

        int session = agent.CreateSession("vm");
        for (int i = 0; i < files.Length; i++)
            Assert.Equal(0, agent.Preserve(session, (ulong)i, descriptors[i]));
        Assert.All(files, file => Assert.Equal(2, file.ReferenceCount));
        Assert.Equal(4, module.ReferenceCount);
        agent.Close(session);

        Assert.Equal([3, 2, 1], order);
        Assert.Equal(1, flb.Count(FlbCallbacks.Preserve));
        Assert.Equal(1, flb.Count(FlbCallbacks.Unpreserve));
        before.AssertSame(kernel, [.. files, module]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ARefusedFreezeThawsAllOthersAndARetryWorks(int refused)
    {
        Kernel kernel = _machine.Boot();
        int freezes = 0;
        var handler = new ScriptedHandler
        {
            OnFreeze = (ref LiveUpdateFileOpArgs _) => freezes++ == refused ? -(int)Errno.EAGAIN : 0,
        };
        kernel.With(handler);
        var agent = new Agent(kernel);
        int[] sessions = [agent.CreateSession("one"), agent.CreateSession("two")];
        PlainFile[] files = [new(0), new(1), new(2), new(3)];
        for (int i = 0; i < files.Length; i++)
            Assert.Equal(0, agent.Preserve(sessions[i / 2], (ulong)i, agent.Open(files[i])));
        KernelLedger before = KernelLedger.Capture(kernel, [.. files]);

        Assert.Equal(Errno.EAGAIN, Assert.Throws<ErrnoException>(() => kernel.Kexec()).Errno);
        Assert.Equal(refused, handler.Count(FileHandlerCallbacks.Unfreeze));
        Assert.Same(kernel, _machine.Running);
        before.AssertSame(kernel, [.. files]);
        Assert.Equal(0, agent.Preserve(sessions[1], 99, agent.Open(new PlainFile(99))));

        Kernel next = kernel.Kexec();
        next.With(new ScriptedHandler());
        agent = new Agent(next);
        int session = agent.RetrieveSession("two");
        Assert.Equal(99UL, ((PlainFile)next.GetFile(agent.Retrieve(session, 99))!).Value);
    }

    [Fact]
    public void AnFlbLivesAsLongAsTheFilesThatNeedIt()
    {
        Kernel old = _machine.Boot();
        var handler = new ScriptedHandler();
        var flb = new ScriptedFlb();
        old.With(handler);
        Assert.Equal(0, old.Orchestrator.RegisterFlb(handler, flb));
        var agent = new Agent(old);
        Assert.Equal(-(int)Errno.ENOENT, old.Orchestrator.GetOutgoingFlb(flb, out _));
        int session = agent.CreateSession("vm");
        agent.Preserve(session, 1, agent.Open(new PlainFile()));
        agent.Preserve(session, 2, agent.Open(new PlainFile()));
        Assert.Equal(0, old.Orchestrator.GetOutgoingFlb(flb, out object? live));
        Assert.Equal("preserved", live);
        old.Orchestrator.PutOutgoingFlb(flb);

        Kernel kernel = old.Kexec();
        handler = new ScriptedHandler();
        flb = new ScriptedFlb();
        kernel.With(handler);
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        Assert.Equal(0, kernel.Orchestrator.GetIncomingFlb(flb, out live));
        Assert.Equal("retrieved f1b", live);
        kernel.Orchestrator.PutIncomingFlb(flb);
        agent = new Agent(kernel);
        session = agent.RetrieveSession("vm");
        Assert.Equal(0, flb.Count(FlbCallbacks.Finish));
        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(1, flb.Count(FlbCallbacks.Finish));
        Assert.Equal(-(int)Errno.ENODATA, kernel.Orchestrator.GetIncomingFlb(flb, out _));
        agent.Close(session);
        agent.Close(agent.Device);
        KernelLedger.AssertEmpty(kernel);
    }

    [Fact]
    public void AReplacedKernelDoesNothingMore()
    {
        Kernel old = _machine.Boot();
        var agent = new Agent(old);
        old.Kexec();

        Assert.Throws<InvalidOperationException>(() => agent.CreateSession("late"));
        Assert.Throws<InvalidOperationException>(() => old.Kexec());
        Assert.Throws<InvalidOperationException>(() => _machine.Boot());
    }

    [Fact]
    public void EventsTellTheStoryInOrder()
    {
        Kernel kernel = _machine.Boot();
        kernel.With(new ScriptedHandler());
        List<LuoEvent> events = kernel.Record();
        var agent = new Agent(kernel);
        int session = agent.CreateSession("vm");
        agent.Preserve(session, 7, agent.Open(new PlainFile()));
        agent.Close(session);
        agent.CreateSession("vm");
        Assert.Equal(0, kernel.Reboot());

        Assert.Equal(
            [
                "create_session vm  0",
                "can_preserve  1",
                "preserve 7 0",
                "preserve_fd vm 7 0",
                "unpreserve 7 0",
                "close_session vm  0",
                "create_session vm  0",
                "reboot   0",
            ],
            events.Select(one => one switch
            {
                CallbackEvent callback => $"{callback.Callback} {callback.Token} {callback.Result}",
                OperationEvent operation => $"{operation.Operation} {operation.Session} {operation.Token} {operation.Result}",
                _ => one.ToString(),
            }));
        Assert.Equal(events.OrderBy(one => one.Timestamp), events);
    }

    [Fact]
    public void OperationsOfOtherThreadsWaitForAJumpThatFails()
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler();
        kernel.With(handler);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("vm");
        int descriptor = agent.Open(new PlainFile(1));
        int late = agent.Open(new PlainFile(2));
        Assert.Equal(0, agent.Preserve(session, 1, descriptor));
        int result = -1;
        var other = new Thread(() => result = agent.Preserve(session, 2, late));

        Assert.Throws<NotSupportedException>(() => kernel.Orchestrator.Reboot(() =>
        {
            other.Start();
            SpinWait.SpinUntil(() => !other.IsAlive || other.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            throw new NotSupportedException("the jump");
        }));
        other.Join();

        Assert.Equal(0, result);
        Assert.Equal(1, handler.Count(FileHandlerCallbacks.Freeze));
        Assert.Equal(1, handler.Count(FileHandlerCallbacks.Unfreeze));
        Assert.Equal(2, handler.Count(FileHandlerCallbacks.Preserve));
    }

    public void Dispose() => _machine.Dispose();
}
