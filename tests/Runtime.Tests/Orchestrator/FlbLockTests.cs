using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>FLBs that are got and put while others do something: a reboot, a listener that throws, a callback of the same FLB.</summary>
public sealed class FlbLockTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();
    private readonly KernelModule _module = new("plain");
    private readonly ScriptedHandler _handler;
    private readonly ScriptedFlb _flb = new();
    private readonly Kernel _kernel;
    private readonly Agent _agent;

    public FlbLockTests()
    {
        _handler = new ScriptedHandler { Owner = _module };
        _kernel = _machine.Boot().With(_handler);
        _kernel.RegisterFlb(_handler, _flb);
        _agent = new Agent(_kernel);
    }

    [Fact]
    public void APutAfterTheRebootChangesNothing()
    {
        FlbLease<string> lease = LeaseAlone();
        _kernel.KexecToHandover();
        lease.Dispose();
        Assert.Equal(0, _flb.Count(FlbCallbacks.Unpreserve));
        Assert.Throws<InvalidOperationException>(() => _kernel.GetOutgoingFlb<string>(_flb));
        Assert.Throws<InvalidOperationException>(() => _kernel.GetIncomingFlb<string>(_flb));
    }

    [Fact(Timeout = 60_000)]
    public Task APutWhileTheFlbsAreHandedOverWaitsForTheJump() => Task.Run(() =>
    {
        FlbLease<string> lease = LeaseAlone();
        var put = new Thread(lease.Dispose);
        int duringJump = -1;
        var failure = new InvalidOperationException("The jump failed.");
        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => _kernel.Orchestrator.Reboot(() =>
        {
            put.Start();
            SpinWait.SpinUntil(() => (put.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
            duringJump = _flb.Count(FlbCallbacks.Unpreserve);
            throw failure;
        })));
        put.Join();
        Assert.Equal(0, duringJump);
        Assert.Equal(1, _flb.Count(FlbCallbacks.Unpreserve));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task AFreezeMayWaitForAThreadThatPutsTheFlb() => Task.Run(() =>
    {
        PreserveOne("s");
        FlbLease<string> lease = _kernel.GetOutgoingFlb<string>(_flb);
        _handler.OnFreeze = (ref LiveUpdateFileOpArgs _) =>
        {
            var put = new Thread(lease.Dispose);
            put.Start();
            put.Join();
            return 0;
        };
        Assert.Equal(0, _kernel.Reboot());
    }, TestContext.Current.CancellationToken);

    [Fact]
    public void AListenerThatThrowsDoesNotLoseARetrievedFlb()
    {
        PreserveOne("s");
        Kernel kernel = _kernel.Kexec();
        var flb = new ScriptedFlb();
        var handler = new ScriptedHandler();
        kernel.With(handler).RegisterFlb(handler, flb);
        bool isThrowing = true;
        kernel.EventRaised += raised =>
        {
            if (isThrowing && raised is CallbackEvent { Callback: "flb_retrieve" })
                throw new NotSupportedException("The listener fails.");
        };

        Assert.Throws<NotSupportedException>(() => kernel.GetIncomingFlb<string>(flb));
        isThrowing = false;
        using FlbLease<string> lease = kernel.GetIncomingFlb<string>(flb);
        Assert.Equal("retrieved f1b", lease.Object);
        Assert.Equal(1, flb.Count(FlbCallbacks.Retrieve));
    }

    [Fact]
    public void AFilePreservedFromACallbackOfItsFlbLeavesNothingTaken()
    {
        int other = _agent.CreateSession("other");
        var file = new PlainFile();
        int descriptor = _agent.Open(file);
        KernelLedger? before = null;
        KernelLedger? after = null;
        _flb.OnPreserve = (ref LiveUpdateFlbOpArgs args) =>
        {
            args.Object = "preserved";
            before = KernelLedger.Capture(_kernel, file, _module);
            Assert.Throws<LockRecursionException>(() => _agent.Preserve(other, 1, descriptor));
            after = KernelLedger.Capture(_kernel, file, _module);
            return 0;
        };
        PreserveOne("s");
        Assert.NotNull(before);
        Assert.Equal(before, after);
        // It is not busy either, and its token is free.
        Assert.Equal(0, _agent.Preserve(other, 1, descriptor));
    }

    [Fact]
    public void ASessionThatCannotBeFinishedFromACallbackOfItsFlbIsFinishedLater()
    {
        PreserveOne("a");
        PreserveOne("b");
        Kernel kernel = _kernel.Kexec();
        var flb = new ScriptedFlb();
        var handler = new ScriptedHandler();
        kernel.With(handler).RegisterFlb(handler, flb);
        var agent = new Agent(kernel);
        int session = agent.RetrieveSession("a");
        flb.OnRetrieve = (ref LiveUpdateFlbOpArgs args) =>
        {
            args.Object = "retrieved";
            Assert.Throws<LockRecursionException>(() => agent.Finish(session));
            return 0;
        };
        kernel.GetIncomingFlb<string>(flb).Dispose();
        Assert.Equal(0, handler.Count(FileHandlerCallbacks.Finish));
        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(1, handler.Count(FileHandlerCallbacks.Finish));
    }

    public void Dispose() => _machine.Dispose();

    /// <summary>A lease without any file: its put is the last one.</summary>
    private FlbLease<string> LeaseAlone()
    {
        int session = PreserveOne("s");
        FlbLease<string> lease = _kernel.GetOutgoingFlb<string>(_flb);
        _agent.Close(session);
        return lease;
    }

    private int PreserveOne(string name)
    {
        int session = _agent.CreateSession(name);
        Assert.Equal(0, _agent.Preserve(session, 1, _agent.Open(new PlainFile())));
        return session;
    }
}
