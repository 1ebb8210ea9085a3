using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>Whatever a callback, a release or a listener throws: LUO itself goes on, and nothing is lost.</summary>
public sealed class FailingCallbackTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    public static TheoryData<Exception, Errno> Failures => new()
    {
        { new ErrnoException(Errno.EAGAIN), Errno.EAGAIN },
        { new InvalidOperationException("mistake"), Errno.EIO },
        { new NotSupportedException("mistake"), Errno.EIO },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AThrowingPreserveIsAFailedOne(Exception exception, Errno expected)
    {
        Kernel kernel = _machine.Boot();
        var module = new KernelModule("plain");
        var handler = new ScriptedHandler { Owner = module, OnPreserve = (ref LiveUpdateFileOpArgs _) => throw exception };
        var flb = new ScriptedFlb();
        kernel.With(handler);
        kernel.Orchestrator.RegisterFlb(handler, flb);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        var file = new PlainFile();
        int descriptor = agent.Open(file);
        KernelLedger before = KernelLedger.Capture(kernel, file, module);

        Assert.Equal(-(int)expected, agent.Preserve(session, 1, descriptor));
        before.AssertSame(kernel, file, module);
        Assert.Equal(1, flb.Count(FlbCallbacks.Unpreserve));
        handler.OnPreserve = (ref LiveUpdateFileOpArgs _) => 0;
        Assert.Equal(0, agent.Preserve(session, 1, descriptor));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void AThrowingFreezeIsRolledBack(Exception exception, Errno expected)
    {
        Kernel kernel = _machine.Boot();
        bool isFailing = true;
        var handler = new ScriptedHandler
        {
            OnFreeze = (ref LiveUpdateFileOpArgs args) => isFailing && args.SerializedData == 2 ? throw exception : 0,
        };
        kernel.With(handler);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        for (ulong i = 1; i <= 3; i++)
            agent.Preserve(session, i, agent.Open(new PlainFile(i)));

        Assert.Equal(-(int)expected, kernel.Reboot());
        Assert.Equal(1, handler.Count(FileHandlerCallbacks.Unfreeze));
        isFailing = false;
        Assert.Equal(0, kernel.Reboot());
    }

    [Fact]
    public void ThrowingCallbacksWithoutAResultAreCarriedOnFrom()
    {
        Kernel kernel = _machine.Boot();
        List<LuoEvent> events = kernel.Record();
        var handler = new ScriptedHandler
        {
            OnUnpreserve = (ref LiveUpdateFileOpArgs _) => throw new InvalidOperationException("unpreserve is wrong"),
            OnUnfreeze = (ref LiveUpdateFileOpArgs _) => throw new InvalidOperationException("unfreeze is wrong"),
            OnFreeze = (ref LiveUpdateFileOpArgs args) => args.SerializedData == 2 ? -(int)Errno.EBUSY : 0,
        };
        kernel.With(handler);
        KernelLedger before = KernelLedger.Capture(kernel);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        for (ulong i = 0; i < 3; i++)
        {
            int descriptor = agent.Open(new PlainFile(i));
            agent.Preserve(session, i, descriptor);
            agent.Close(descriptor);
        }

        Assert.Equal(-(int)Errno.EBUSY, kernel.Reboot());
        Assert.Equal(2, handler.Count(FileHandlerCallbacks.Unfreeze));
        agent.Close(session);
        agent.Close(agent.Device);
        Assert.Equal(3, handler.Count(FileHandlerCallbacks.Unpreserve));
        before.AssertSame(kernel);
        Assert.Equal(3, events.OfType<KernelWarningEvent>().Count(warning => warning.Message.Contains("unpreserve is wrong", StringComparison.Ordinal)));
        Assert.Equal(2, events.OfType<KernelWarningEvent>().Count(warning => warning.Message.Contains("unfreeze is wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public void AThrowingCanPreserveIsANo()
    {
        Kernel kernel = _machine.Boot();
        var second = new ScriptedHandler("second-v1");
        kernel.With(new ScriptedHandler { OnCanPreserve = _ => throw new InvalidOperationException() }, second);
        var agent = new Agent(kernel);

        Assert.Equal(0, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
        Assert.Equal(1, second.Count(FileHandlerCallbacks.Preserve));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void AThrowingRetrieveIsFinal(Exception exception, Errno expected)
    {
        Kernel kernel = NextKernel(1, out Agent agent, new ScriptedHandler { OnRetrieve = (ref LiveUpdateFileOpArgs _) => throw exception });
        int session = agent.RetrieveSession("s");

        Assert.Equal(-(int)expected, agent.Retrieve(session, 1));
        Assert.Equal(-(int)expected, agent.Retrieve(session, 1));
        Assert.Equal(0, agent.Finish(session));
        GiveBack(kernel, agent, session);
    }

    [Fact]
    public void AThrowingCanFinishIsANo()
    {
        var handler = new ScriptedHandler { OnCanFinish = (ref LiveUpdateFileOpArgs _) => throw new InvalidOperationException() };
        Kernel kernel = NextKernel(1, out Agent agent, handler);
        int session = agent.RetrieveSession("s");

        Assert.Equal(-(int)Errno.EBUSY, agent.Finish(session));
        handler.OnCanFinish = (ref LiveUpdateFileOpArgs _) => 1;
        Assert.Equal(0, agent.Finish(session));
        GiveBack(kernel, agent, session);
    }

    [Fact]
    public void AThrowingFinishFinishesTheOthers()
    {
        var handler = new ScriptedHandler { OnFinish = (ref LiveUpdateFileOpArgs _) => throw new InvalidOperationException() };
        Kernel kernel = NextKernel(3, out Agent agent, handler);
        int session = agent.RetrieveSession("s");

        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(3, handler.Count(FileHandlerCallbacks.Finish));
        GiveBack(kernel, agent, session);
    }

    [Fact]
    public void AFinishThatPutsItsFileOnceTooOftenFinishesTheOthers()
    {
        var handler = new ScriptedHandler
        {
            OnFinish = (ref LiveUpdateFileOpArgs args) =>
            {
                args.File?.Put();
                return 0;
            },
        };
        Kernel kernel = NextKernel(3, out Agent agent, handler);
        List<LuoEvent> events = kernel.Record();
        int session = agent.RetrieveSession("s");
        agent.Close(agent.Retrieve(session, 2));

        Assert.Equal(0, agent.Finish(session));
        Assert.Equal(3, handler.Count(FileHandlerCallbacks.Finish));
        Assert.Contains(events.OfType<KernelWarningEvent>(), warning => warning.Message.Contains("once too often", StringComparison.Ordinal));
        GiveBack(kernel, agent, session);
    }

    [Fact]
    public void AnUnpreserveThatPutsItsFileOnceTooOftenUnpreservesTheOthers()
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler
        {
            OnUnpreserve = (ref LiveUpdateFileOpArgs args) =>
            {
                args.File!.Put();
                return 0;
            },
        };
        kernel.With(handler);
        KernelLedger before = KernelLedger.Capture(kernel);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        for (ulong i = 0; i < 3; i++)
        {
            int descriptor = agent.Open(new PlainFile(i));
            agent.Preserve(session, i, descriptor);
            agent.Close(descriptor);
        }

        agent.Close(session);
        agent.Close(agent.Device);
        Assert.Equal(3, handler.Count(FileHandlerCallbacks.Unpreserve));
        before.AssertSame(kernel);
    }

    [Fact]
    public void ARetrieveThatReturnsAReleasedFileHasFailed()
    {
        var handler = new ScriptedHandler
        {
            OnRetrieve = (ref LiveUpdateFileOpArgs args) =>
            {
                args.File = new PlainFile();
                args.File.Put();
                return 0;
            },
        };
        Kernel kernel = NextKernel(1, out Agent agent, handler);
        List<LuoEvent> events = kernel.Record();
        int session = agent.RetrieveSession("s");

        Assert.Equal(-(int)Errno.EIO, agent.Retrieve(session, 1));
        Assert.Equal([KernelMistake.RetrievedNothing], events.Mistakes());
        Assert.Equal(0, agent.Finish(session));
        GiveBack(kernel, agent, session);
    }

    [Fact]
    public void UsingItsOwnSessionFromACallbackIsToldAndLeavesNothingBehind()
    {
        Kernel kernel = _machine.Boot();
        Agent? agent = null;
        int session = -1;
        int other = -1;
        Exception? told = null;
        var handler = new ScriptedHandler();
        handler.OnPreserve = (ref LiveUpdateFileOpArgs _) =>
        {
            told = Record.Exception(() => agent!.Preserve(session, 2, other));
            return -(int)Errno.EBUSY;
        };
        kernel.With(handler);
        agent = new Agent(kernel);
        session = agent.CreateSession("s");
        var file = new PlainFile();
        other = agent.Open(file);
        KernelLedger before = KernelLedger.Capture(kernel, file, kernel.GetFile(session)!);

        Assert.Equal(-(int)Errno.EBUSY, agent.Preserve(session, 1, other));
        Assert.IsType<LockRecursionException>(told);
        before.AssertSame(kernel, file, kernel.GetFile(session)!);
    }

    [Fact]
    public void UsingLuoFromFreezeIsToldAndLeavesNothingBehind()
    {
        Kernel kernel = _machine.Boot();
        Agent? agent = null;
        Exception? told = null;
        kernel.With(new ScriptedHandler
        {
            OnFreeze = (ref LiveUpdateFileOpArgs _) =>
            {
                told = Record.Exception(() => agent!.CreateSession("late"));
                return -(int)Errno.EBUSY;
            },
        });
        agent = new Agent(kernel);
        agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile()));
        KernelLedger before = KernelLedger.Capture(kernel);

        Assert.Equal(-(int)Errno.EBUSY, kernel.Reboot());
        Assert.IsType<LockRecursionException>(told);
        before.AssertSame(kernel);
    }

    [Fact]
    public void UsingLuoFromFreezeByWayOfAnotherKernelIsTold()
    {
        using Machine otherMachine = TestMachine.Create();
        Kernel kernel = _machine.Boot();
        Kernel other = otherMachine.Boot();
        var told = new List<Exception?>();
        Agent? agent = null;
        other.With(new ScriptedHandler
        {
            OnPreserve = (ref LiveUpdateFileOpArgs _) =>
            {
                told.Add(Record.Exception(() => agent!.CreateSession("late")));
                told.Add(Record.Exception(() => kernel.Reboot()));
                return 0;
            },
        });
        var otherAgent = new Agent(other);
        kernel.With(new ScriptedHandler
        {
            OnFreeze = (ref LiveUpdateFileOpArgs _) => otherAgent.Preserve(otherAgent.CreateSession("s"), 1, otherAgent.Open(new PlainFile())),
        });
        agent = new Agent(kernel);
        agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile()));

        Assert.Equal(0, kernel.Reboot());
        Assert.Equal(2, told.Count);
        Assert.All(told, exception => Assert.IsType<LockRecursionException>(exception));
    }

    [Fact]
    public void RetrievingFromItsOwnRetrieveIsToldAndLeavesNothingBehind()
    {
        Agent? agent = null;
        int session = -1;
        Exception? told = null;
        Kernel kernel = NextKernel(2, out agent, new ScriptedHandler
        {
            OnRetrieve = (ref LiveUpdateFileOpArgs _) =>
            {
                told = Record.Exception(() => agent!.Retrieve(session, 2));
                return -(int)Errno.EBUSY;
            },
        });
        session = agent.RetrieveSession("s");
        KernelLedger before = KernelLedger.Capture(kernel);

        Assert.Equal(-(int)Errno.EBUSY, agent.Retrieve(session, 1));
        Assert.IsType<LockRecursionException>(told);
        before.AssertSame(kernel);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void AnFlbThatThrowsFailsThePreserve(Exception exception, Errno expected)
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler();
        var first = new ScriptedFlb("first-v1") { OnUnpreserve = (ref LiveUpdateFlbOpArgs _) => throw exception };
        kernel.With(handler);
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, first));
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, new ScriptedFlb { OnPreserve = (ref LiveUpdateFlbOpArgs _) => throw exception }));
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        var file = new PlainFile();
        int descriptor = agent.Open(file);
        KernelLedger before = KernelLedger.Capture(kernel, file);

        Assert.Equal(-(int)expected, agent.Preserve(session, 1, descriptor));
        Assert.Equal(1, first.Count(FlbCallbacks.Unpreserve));
        Assert.Equal(0, handler.Count(FileHandlerCallbacks.Preserve));
        before.AssertSame(kernel, file);
    }

    [Fact]
    public void AnFlbUsedFromItsOwnCallbackFailsThere()
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler();
        ScriptedFlb? flb = null;
        flb = new ScriptedFlb { OnPreserve = (ref LiveUpdateFlbOpArgs _) => kernel.Orchestrator.GetOutgoingFlb(flb!, out object? _) };
        kernel.With(handler);
        kernel.Orchestrator.RegisterFlb(handler, flb);
        var agent = new Agent(kernel);

        Assert.Equal(-(int)Errno.EIO, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
    }

    [Fact]
    public void AThrowingListenerIsHeardAtTheEndOfTheCall()
    {
        Kernel kernel = _machine.Boot();
        kernel.With(new ScriptedHandler());
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        var file = new PlainFile();
        int descriptor = agent.Open(file);
        Action<LuoEvent> listener = one =>
        {
            if (one is CallbackEvent { Callback: "preserve" })
                throw new NotSupportedException("listener");
        };
        kernel.EventRaised += listener;

        Assert.Equal("listener", Assert.Throws<NotSupportedException>(() => agent.Preserve(session, 1, descriptor)).Message);
        // The call was done to its end all the same.
        kernel.EventRaised -= listener;
        Assert.Equal(2, file.ReferenceCount);
        Assert.Equal(-(int)Errno.EEXIST, agent.Preserve(session, 1, descriptor));
        agent.Close(session);
        Assert.Equal(1, file.ReferenceCount);
    }

    [Fact]
    public void AListenerThatThrowsAtTheRebootDoesNotUndoIt()
    {
        Kernel kernel = _machine.Boot();
        new Agent(kernel).CreateSession("s");
        kernel.EventRaised += one => throw new NotSupportedException("listener");

        Assert.Throws<NotSupportedException>(() => kernel.Reboot());
        Assert.True(kernel.IsReplaced);
        Assert.True(new Agent(_machine.Boot()) is { } agent && agent.RetrieveSession("s") >= 0);
    }

    public void Dispose() => _machine.Dispose();

    /// <summary>Hands over a session "s" with files of the tokens from 1 on.</summary>
    private Kernel NextKernel(int files, out Agent agent, ScriptedHandler handler)
    {
        Kernel old = _machine.Boot();
        old.With(new ScriptedHandler());
        agent = new Agent(old);
        int session = agent.CreateSession("s");
        for (ulong i = 1; i <= (ulong)files; i++)
            Assert.Equal(0, agent.Preserve(session, i, agent.Open(new PlainFile(i))));
        Kernel kernel = old.Kexec();
        kernel.With(handler);
        agent = new Agent(kernel);
        return kernel;
    }

    private static void GiveBack(Kernel kernel, Agent agent, int session)
    {
        agent.Close(session);
        agent.Close(agent.Device);
        KernelLedger.AssertEmpty(kernel);
    }
}
