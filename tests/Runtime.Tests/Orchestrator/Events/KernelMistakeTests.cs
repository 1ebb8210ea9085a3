using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator.Events;

/// <summary>What Linux does by mistake is done, and announced by its name, when it happens and not when it does not.</summary>
public sealed class KernelMistakeTests : IDisposable
{
    private const int SessionsPerBlock = 51;

    private readonly Machine _machine = TestMachine.Create();
    private readonly ScriptedHandler _handler = new();
    private readonly ScriptedFlb _flb = new();
    private readonly Kernel _kernel;
    private readonly Agent _agent;
    private readonly List<LuoEvent> _events;

    public KernelMistakeTests()
    {
        _kernel = _machine.Boot().With(_handler);
        _agent = new Agent(_kernel);
        _events = _kernel.Record();
    }

    [Fact]
    public void EveryMistakeHasItsTest()
    {
        IEnumerable<string> tests = GetType().GetMethods().Select(method => method.Name);
        Assert.Empty(Enum.GetNames<KernelMistake>().Except(tests));
    }

    [Fact]
    public void EmptySessionBlockLinked()
    {
        for (int i = 0; i < SessionsPerBlock; i++)
            Assert.True(_agent.CreateSession($"s{i}") >= 0);
        Assert.Empty(_events.Mistakes());

        Assert.Equal(-(int)Errno.EEXIST, _agent.CreateSession("s0"));
        Assert.Equal([KernelMistake.EmptySessionBlockLinked], _events.Mistakes());
        Assert.Throws<KernelPanicException>(() => _kernel.Kexec());
        Assert.Equal(2, _events.Mistakes().Count(mistake => mistake == KernelMistake.EmptySessionBlockLinked));
        // The machine can be booted again, without what was lost.
        Assert.Equal(1UL, _machine.Boot().Orchestrator.LiveUpdateNumber);
    }

    [Fact]
    public void AnEmptySessionBlockIsHealedByTheNextSession()
    {
        for (int i = 0; i < SessionsPerBlock; i++)
            _agent.CreateSession($"s{i}");
        _agent.CreateSession("s0");
        _agent.CreateSession("another");
        Kernel kernel = _kernel.Kexec();

        Assert.True(new Agent(kernel).Device >= 0);
        Assert.Equal(SessionsPerBlock + 1, kernel.Orchestrator.IncomingSessionCount);
        Assert.Single(_events.Mistakes());
    }

    [Fact]
    public void FlbFinishedUnasked()
    {
        Next next = HandOver(1);

        Assert.Equal(0, next.Agent.Finish(next.Session));
        Assert.Equal([KernelMistake.FlbFinishedUnasked], next.Events.Mistakes());
        Assert.Equal(0, next.Flb.Count(FlbCallbacks.Retrieve) + next.Flb.Count(FlbCallbacks.Finish));
    }

    [Fact]
    public void FlbCountLoadedLate()
    {
        Next next = HandOver(1, 1);
        next.Agent.Finish(next.Session);
        next.Events.Clear();

        Assert.Equal(0, next.Kernel.Orchestrator.GetIncomingFlb(next.Flb, out _));
        Assert.Equal([KernelMistake.FlbCountLoadedLate], next.Events.Mistakes());
        next.Kernel.Orchestrator.PutIncomingFlb(next.Flb);
        next.Agent.Finish(next.Agent.RetrieveSession("s1"));
        Assert.Equal(0, next.Flb.Count(FlbCallbacks.Finish));
    }

    [Fact]
    public void FlbLinkedLate()
    {
        int session = _agent.CreateSession("s");
        Assert.Equal(0, _agent.Preserve(session, 1, _agent.Open(new PlainFile())));
        Assert.Equal(0, _kernel.Orchestrator.RegisterFlb(_handler, _flb));

        _agent.Close(session);
        Assert.Equal([KernelMistake.FlbLinkedLate], _events.Mistakes());
        Assert.Equal(0, _flb.Count(FlbCallbacks.Unpreserve));
    }

    [Fact]
    public void SessionStuck()
    {
        Next next = HandOver(1);
        next.Handler.OnCanFinish = (ref LiveUpdateFileOpArgs _) => 0;

        next.Agent.Close(next.Session);
        Assert.Equal([KernelMistake.SessionStuck], next.Events.Mistakes());
        Assert.Equal(-(int)Errno.EINVAL, next.Agent.RetrieveSession("s0"));
        Assert.Equal(1, next.Kernel.Orchestrator.IncomingSessionCount);
    }

    [Fact]
    public void SessionLostAtCopyOut()
    {
        Next next = HandOver(1, 1);

        Assert.Equal(-(int)Errno.EFAULT, next.Agent.RetrieveSessionIntoReadOnlyMemory("s1"));
        Assert.Contains(KernelMistake.SessionLostAtCopyOut, next.Events.Mistakes());
        Assert.Equal(1, next.Handler.Count(FileHandlerCallbacks.Finish));
        Assert.Equal(-(int)Errno.ENOENT, next.Agent.RetrieveSession("s1"));
    }

    [Fact]
    public void PositiveResult()
    {
        var file = new PlainFile();
        int descriptor = _agent.Open(file);
        _handler.OnPreserve = (ref LiveUpdateFileOpArgs _) => 5;

        Assert.Equal(5, _agent.Preserve(_agent.CreateSession("s"), 1, descriptor));
        Assert.Equal([KernelMistake.PositiveResult], _events.Mistakes());
        Assert.Equal(1, file.ReferenceCount);
    }

    [Fact]
    public void APositiveResultOfAnFlb()
    {
        _kernel.RegisterFlb(_handler, _flb);
        int descriptor = _agent.Open(new PlainFile());
        _flb.OnPreserve = (ref LiveUpdateFlbOpArgs _) => 5;

        Assert.Equal(5, _agent.Preserve(_agent.CreateSession("s"), 1, descriptor));
        Assert.Equal([KernelMistake.PositiveResult], _events.Mistakes());
    }

    [Fact]
    public void IdentityChanged()
    {
        var handler = new ScriptedHandler("other-v1", ScriptedHandler.AllButGetId | FileHandlerCallbacks.GetId);
        _handler.OnCanPreserve = _ => false;
        _kernel.RegisterFileHandler(handler);
        var file = new PlainFile(1);
        int descriptor = _agent.Open(file);
        int session = _agent.CreateSession("s");
        Assert.Equal(0, _agent.Preserve(session, 1, descriptor));
        file.Value = 2;
        _agent.Close(session);

        Assert.Equal([KernelMistake.IdentityChanged], _events.Mistakes());
        file.Value = 1;
        Assert.Equal(-(int)Errno.EBUSY, _agent.Preserve(_agent.CreateSession("s"), 1, descriptor));
    }

    [Fact]
    public void AnIdentityThatCanNoLongerBeToldIsGivenUpAllTheSame()
    {
        var handler = new ScriptedHandler("other-v1", ScriptedHandler.AllButGetId | FileHandlerCallbacks.GetId);
        _handler.OnCanPreserve = _ => false;
        _kernel.RegisterFileHandler(handler);
        int descriptor = _agent.Open(new PlainFile(1));
        int session = _agent.CreateSession("s");
        Assert.Equal(0, _agent.Preserve(session, 1, descriptor));
        Func<LuoHandlers.Vfs.LuoFile, ulong> getId = handler.OnGetId;
        handler.OnGetId = _ => throw new InvalidOperationException("The file is half gone.");
        _agent.Close(session);
        handler.OnGetId = getId;

        Assert.Empty(_events.Mistakes());
        Assert.Equal(0, _agent.Preserve(_agent.CreateSession("s"), 1, descriptor));
    }

    [Fact]
    public void RetrievedNothing()
    {
        Next next = HandOver(1);
        next.Handler.OnRetrieve = (ref LiveUpdateFileOpArgs _) => 0;

        Assert.Equal(-(int)Errno.EIO, next.Agent.Retrieve(next.Session, 0));
        Assert.Equal([KernelMistake.RetrievedNothing], next.Events.Mistakes());
    }

    [Fact]
    public void IdentityTwice()
    {
        Next next = HandOver(new ScriptedHandler(callbacks: ScriptedHandler.AllButGetId | FileHandlerCallbacks.GetId), 2);
        next.Handler.OnGetId = _ => 1;

        Assert.True(next.Agent.Retrieve(next.Session, 0) >= 0);
        Assert.Empty(next.Events.Mistakes());
        Assert.True(next.Agent.Retrieve(next.Session, 1) >= 0);
        Assert.Equal([KernelMistake.IdentityTwice], next.Events.Mistakes());
    }

    [Fact]
    public void GoingModuleHidesHandlers()
    {
        var module = new KernelModule("going") { IsLive = false };
        Kernel kernel = TestMachine.Create().Boot().With(new ScriptedHandler { Owner = module }, new ScriptedHandler("second-v1"));
        List<LuoEvent> events = kernel.Record();
        var agent = new Agent(kernel);

        Assert.Equal(-(int)Errno.ENOENT, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
        Assert.Equal([KernelMistake.GoingModuleHidesHandlers], events.Mistakes());
        kernel.Machine.Dispose();
    }

    [Fact]
    public void FrozenAfterFailedFinalization()
    {
        using Machine machine = Machine.Create(new MachineOptions { Kernel = KernelProfile.Linux7_0 });
        var handler = new ScriptedHandler();
        Kernel kernel = machine.Boot().With(handler);
        List<LuoEvent> events = kernel.Record();
        var agent = new Agent(kernel);
        Assert.Equal(0, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
        kernel.Faults.FailNext(FaultPoint.KhoFinalize);

        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        Assert.Equal([KernelMistake.FrozenAfterFailedFinalization], events.Mistakes());
        Assert.Equal(0, handler.Count(FileHandlerCallbacks.Unfreeze));
        Assert.Equal(0, kernel.Reboot());
        Assert.Equal(2, handler.Count(FileHandlerCallbacks.Freeze));
    }

    public void Dispose() => _machine.Dispose();

    private Next HandOver(params ReadOnlySpan<int> filesOfSessions) => HandOver(new ScriptedHandler(), filesOfSessions);

    /// <summary>Hands over sessions "s0", "s1", … whose files depend on an FLB, and retrieves the first.</summary>
    private Next HandOver(ScriptedHandler handler, params ReadOnlySpan<int> filesOfSessions)
    {
        Assert.Equal(0, _kernel.Orchestrator.RegisterFlb(_handler, _flb));
        for (int i = 0; i < filesOfSessions.Length; i++)
        {
            int session = _agent.CreateSession($"s{i}");
            for (int token = 0; token < filesOfSessions[i]; token++)
                Assert.Equal(0, _agent.Preserve(session, (ulong)token, _agent.Open(new PlainFile())));
        }
        Kernel kernel = _kernel.Kexec().With(handler);
        var flb = new ScriptedFlb();
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        var agent = new Agent(kernel);
        Assert.Empty(_events.Mistakes());
        return new Next(kernel, agent, handler, flb, agent.RetrieveSession("s0"), kernel.Record());
    }

    private sealed record Next(Kernel Kernel, Agent Agent, ScriptedHandler Handler, ScriptedFlb Flb, int Session, List<LuoEvent> Events);
}
