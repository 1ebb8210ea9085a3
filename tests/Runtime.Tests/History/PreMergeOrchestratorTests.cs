using LuoHandlers.Emulation;
using LuoHandlers.History;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.History;

/// <summary>The rules of the series before the merge, in one kernel.</summary>
public sealed class PreMergeOrchestratorTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();
    private readonly ScriptedPreMergeHandler _handler = new();
    private readonly PreMergeOrchestrator _luo;
    private readonly Kernel _kernel;

    public PreMergeOrchestratorTests()
    {
        _luo = PreMergeOrchestrator.Boot(_machine);
        _kernel = _luo.Kernel;
        Assert.Equal(0, _luo.RegisterFileHandler(_handler));
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void TodaysLuoIsNotThere()
    {
        Assert.False(_kernel.IsLiveUpdateEnabled);
        Assert.Equal(-(int)Errno.ENOENT, _kernel.OpenDevice());
        Assert.Equal(PreMergeState.Normal, _luo.State);
    }

    [Theory]
    [InlineData(PreMergeState.Normal, PreMergeEvent.Prepare)]
    [InlineData(PreMergeState.Prepared, PreMergeEvent.Freeze, PreMergeEvent.Cancel)]
    [InlineData(PreMergeState.Frozen, PreMergeEvent.Cancel)]
    [InlineData(PreMergeState.Updated, PreMergeEvent.Finish)]
    public void AStateTakesOnlyItsEvents(PreMergeState state, params PreMergeEvent[] allowed)
    {
        foreach (PreMergeEvent machineEvent in Enum.GetValues<PreMergeEvent>())
        {
            using Machine machine = TestMachine.Create();
            PreMergeOrchestrator luo = Reach(machine, state);
            bool isAllowed = allowed.Contains(machineEvent);
            Assert.Equal(isAllowed ? 0 : -(int)Errno.EINVAL, luo.SetEvent(machineEvent));
            Assert.Equal(isAllowed ? After(machineEvent) : state, luo.State);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void WithoutLiveUpdateOrKexecHandoverTheStateIsUndefined(bool liveUpdate, bool kexecHandover)
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = PreMergeOrchestrator.Boot(machine, new BootOptions { LiveUpdate = liveUpdate, KexecHandover = kexecHandover });
        Assert.Equal(PreMergeState.Undefined, luo.State);
        Assert.Equal(-(int)Errno.ENOENT, luo.OpenDevice());
        Assert.Equal(-(int)Errno.EBUSY, luo.RegisterFileHandler(_handler));
        Assert.Equal(-(int)Errno.EINVAL, luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(PreMergeState.Undefined, luo.Kexec(new BootOptions { LiveUpdate = liveUpdate, KexecHandover = kexecHandover }).State);
    }

    [Fact]
    public void TheDeviceOpensSeveralTimesAndFailsAsALinuxOpenDoes()
    {
        KernelLedger before = KernelLedger.Capture(_kernel);
        int[] devices = [Open(), Open()];
        Assert.Equal(-(int)Errno.EINVAL, _luo.OpenDevice(exclusive: true));
        _kernel.Faults.FailNext(FaultPoint.KernelAllocation);
        Assert.Equal(-(int)Errno.ENOMEM, _luo.OpenDevice());
        foreach (int device in devices)
            Assert.Equal(0, _kernel.Close(device));
        before.AssertSame(_kernel);
    }

    [Fact]
    public void TheDeviceNeedsADescriptor()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = PreMergeOrchestrator.Boot(machine, new BootOptions { DescriptorLimit = 4 });
        Assert.Equal(3, luo.OpenDevice());
        Assert.Equal(-(int)Errno.EMFILE, luo.OpenDevice());
    }

    [Fact]
    public void ATokenIsTakenOverAllSessions()
    {
        int[] devices = [Open(), Open()];
        var file = new PlainFile();
        int descriptor = _kernel.OpenFile(() => file);
        List<LuoEvent> events = _kernel.Record();
        Assert.Equal(0, Register(devices[0], 0x1a, new PlainFile()));
        Assert.Equal(-(int)Errno.EEXIST, _luo.RegisterFile(devices[0], 0x1a, descriptor));
        Assert.Equal(-(int)Errno.EEXIST, _luo.RegisterFile(devices[1], 0x1a, descriptor));
        Assert.Equal(1, file.ReferenceCount);
        Assert.Equal(2, events.OfType<KernelWarningEvent>().Count(warning => warning.Message.Contains("0x1a", StringComparison.Ordinal)));
        Assert.Equal(0, _luo.UnregisterFile(devices[0], 0x1a));
        Assert.Equal(0, _luo.RegisterFile(devices[1], 0x1a, descriptor));
    }

    [Fact]
    public void ARegistrationThatFailsKeepsNothing()
    {
        int device = Open();
        var file = new PlainFile();
        int descriptor = _kernel.OpenFile(() => file);
        int pathOnly = _kernel.OpenFile(static () => new PlainFile(), pathOnly: true);
        int memfd = _kernel.OpenFile(_kernel.CreateMemfd);
        KernelLedger before = KernelLedger.Capture(_kernel, file);

        Assert.Equal(-(int)Errno.EBADF, _luo.RegisterFile(device, 1, 99));
        Assert.Equal(-(int)Errno.EBADF, _luo.RegisterFile(device, 1, pathOnly));
        Assert.Equal(-(int)Errno.EBADF, _luo.RegisterFile(99, 1, descriptor));
        Assert.Equal(-(int)Errno.ENOTTY, _luo.RegisterFile(memfd, 1, descriptor));
        Assert.Equal(-(int)Errno.ENOENT, _luo.RegisterFile(device, 1, memfd));
        _kernel.Faults.FailNext(FaultPoint.KernelAllocation);
        Assert.Equal(-(int)Errno.ENOMEM, _luo.RegisterFile(device, 1, descriptor));
        before.AssertSame(_kernel, file);
        Assert.Equal(0, _luo.RegisterFile(device, 1, descriptor));
    }

    [Fact]
    public void AFileIsUnregisteredOnlyThroughItsSession()
    {
        int[] devices = [Open(), Open()];
        var file = new PlainFile();
        Assert.Equal(0, Register(devices[0], 1, file));
        Assert.Equal(-(int)Errno.ENOENT, _luo.UnregisterFile(devices[1], 1));
        Assert.Equal(0, _luo.UnregisterFile(devices[0], 1));
        Assert.Equal(1, file.ReferenceCount);
        Assert.Equal(-(int)Errno.ENOENT, _luo.UnregisterFile(devices[0], 1));
    }

    [Theory]
    [InlineData(PreMergeState.Normal, 0)]
    [InlineData(PreMergeState.Prepared, -(int)Errno.EBUSY)]
    [InlineData(PreMergeState.Frozen, -(int)Errno.EBUSY)]
    [InlineData(PreMergeState.Updated, 0)]
    public void FilesAndHandlersComeAndGoOnlyBetweenUpdates(PreMergeState state, int result)
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Reach(machine, state);
        int device = luo.OpenDevice();
        var late = new ScriptedPreMergeHandler("late-v1");
        Assert.Equal(result, luo.RegisterFileHandler(late));
        Assert.Equal(result, luo.UnregisterFileHandler(late));
        Assert.Equal(result, luo.RegisterFile(device, 77, luo.Kernel.OpenFile(static () => new PlainFile())));
        Assert.Equal(result, luo.UnregisterFile(device, 77));
    }

    [Fact]
    public void AHandlerInUseIsNotUnregistered()
    {
        int device = Open();
        Assert.Equal(0, Register(device, 1, new PlainFile()));
        Assert.Equal(-(int)Errno.EEXIST, _luo.RegisterFileHandler(new ScriptedPreMergeHandler()));
        Assert.Equal(-(int)Errno.EBUSY, _luo.UnregisterFileHandler(_handler));
        Assert.Equal(0, _luo.UnregisterFile(device, 1));
        Assert.Equal(0, _luo.UnregisterFileHandler(_handler));
        Assert.Equal(-(int)Errno.ENOENT, _luo.UnregisterFileHandler(_handler));
        Assert.Equal(-(int)Errno.ENOENT, Register(device, 1, new PlainFile()));
    }

    [Fact]
    public void OperationsGetWhatTheHandlerWasRegisteredWith()
    {
        object argument = new();
        Assert.Equal(0, _luo.UnregisterFileHandler(_handler));
        Assert.Equal(0, _luo.RegisterFileHandler(_handler, argument));
        Assert.Equal(0, Register(Open(), 1, new PlainFile()));
        Assert.Same(argument, _handler.LastArgument);
        Assert.Equal(0, _luo.RegisterFileHandler(new ScriptedPreMergeHandler("other-v1")));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Same(argument, _handler.LastArgument);
    }

    [Fact]
    public void OperationsGoOverSessionsAndThenTheirFilesByToken()
    {
        int[] devices = [Open(), Open()];
        Register(devices[1], 1, new PlainFile(21));
        Register(devices[0], 9, new PlainFile(12));
        Register(devices[0], 5, new PlainFile(11));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Cancel));
        Assert.Equal(
            ["prepare 11", "prepare 12", "prepare 21", "freeze 11", "freeze 12", "freeze 21", "cancel 11", "cancel 12", "cancel 21"],
            _handler.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void APrepareThatFailsCancelsTheFilesBeforeIt(int failing)
    {
        PlainFile[] files = RegisterFour();
        KernelLedger before = KernelLedger.Capture(_kernel, [.. files]);
        _handler.OnPrepare = file => (int)file.Value == failing ? -(int)Errno.EAGAIN : 0;

        Assert.Equal(-(int)Errno.EAGAIN, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(PreMergeState.Normal, _luo.State);
        Assert.Equal(
            [.. Enumerable.Range(1, failing).Select(i => $"prepare {i}"), .. Enumerable.Range(1, failing - 1).Select(i => $"cancel {i}")],
            _handler.Calls);
        before.AssertSame(_kernel, [.. files]);

        _handler.OnPrepare = static _ => 0;
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
    }

    [Fact]
    public void AFreezeThatFailsLeavesTheFilesFromItOnPrepared()
    {
        PlainFile[] files = RegisterFour();
        KernelLedger before = KernelLedger.Capture(_kernel, [.. files]);
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        _handler.Calls.Clear();
        _handler.OnFreeze = static file => file.Value == 3 ? throw new ErrnoException(Errno.EAGAIN) : 0;

        Assert.Equal(-(int)Errno.EAGAIN, _luo.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(PreMergeState.Normal, _luo.State);
        Assert.Equal(["freeze 1", "freeze 2", "freeze 3", "cancel 1", "cancel 2"], _handler.Calls);
        before.AssertSame(_kernel, [.. files]);

        // Only those that were cancelled are prepared once more.
        _handler.Calls.Clear();
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Cancel));
        Assert.Equal(["prepare 1", "prepare 2", "cancel 1", "cancel 2", "cancel 3", "cancel 4"], _handler.Calls);
        before.AssertSame(_kernel, [.. files]);
    }

    [Fact]
    public void AFileThatAFailedFreezeLeftPreparedIsNotCancelledWhenItGoes()
    {
        int device = Open();
        var file = new PlainFile(7);
        Assert.Equal(0, Register(device, 1, file));
        _handler.OnFreeze = static _ => -(int)Errno.EIO;
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(-(int)Errno.EIO, _luo.SetEvent(PreMergeEvent.Freeze));
        List<LuoEvent> events = _kernel.Record();
        Assert.Equal(0, _luo.UnregisterFile(device, 1));
        Assert.Single(events.OfType<KernelWarningEvent>());
        Assert.Equal(["prepare 7", "freeze 7"], _handler.Calls);
        Assert.Equal(1, file.ReferenceCount);
    }

    [Fact]
    public void WithoutMemoryForTheTreeNothingIsPrepared()
    {
        RegisterFour();
        _kernel.Faults.FailNext(FaultPoint.KhoAllocation);
        Assert.Equal(-(int)Errno.ENOMEM, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(PreMergeState.Normal, _luo.State);
        Assert.Empty(_handler.Calls);
    }

    [Fact]
    public void ATreeThatOutgrowsItsMemoryCancelsAll()
    {
        var verbose = new ScriptedPreMergeHandler(new string('v', 5000));
        Assert.Equal(0, _luo.UnregisterFileHandler(_handler));
        Assert.Equal(0, _luo.RegisterFileHandler(verbose));
        Register(Open(), 1, new PlainFile(1));
        KernelLedger before = KernelLedger.Capture(_kernel);
        Assert.Equal(-(int)Errno.ENOSPC, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(["prepare 1", "cancel 1"], verbose.Calls);
        before.AssertSame(_kernel);
    }

    [Theory]
    [InlineData(PreMergeState.Normal)]
    [InlineData(PreMergeState.Updated)]
    public void ClosingBetweenUpdatesUnregistersTheFilesOfThatSession(PreMergeState state)
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Reach(machine, state);
        KernelLedger before = KernelLedger.Capture(luo.Kernel);
        int device = luo.OpenDevice();
        var file = new PlainFile();
        int descriptor = luo.Kernel.OpenFile(() => file);
        Assert.Equal(0, luo.RegisterFile(device, 500, descriptor));
        int other = luo.OpenDevice();
        Assert.Equal(0, luo.Kernel.Close(other));
        Assert.Equal(2, file.ReferenceCount);
        Assert.Equal(0, luo.Kernel.Close(device));
        Assert.Equal(1, file.ReferenceCount);
        Assert.Equal(0, luo.Kernel.Close(descriptor));
        before.AssertSame(luo.Kernel);
    }

    [Theory]
    [InlineData(PreMergeState.Prepared)]
    [InlineData(PreMergeState.Frozen)]
    public void ClosingDuringAnUpdateKeepsTheFilesUntilItIsCancelled(PreMergeState state)
    {
        var file = new PlainFile(8);
        int descriptor = _kernel.OpenFile(() => file);
        KernelLedger before = KernelLedger.Capture(_kernel, file);
        int device = Open();
        Assert.Equal(0, _luo.RegisterFile(device, 1, descriptor));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        if (state == PreMergeState.Frozen)
            Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(0, _kernel.Close(device));
        Assert.Equal(2, file.ReferenceCount);
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Cancel));
        Assert.Equal("cancel 8", _handler.Calls[^1]);
        before.AssertSame(_kernel, file);
        Assert.Equal(0, _luo.RegisterFile(Open(), 1, descriptor));
    }

    [Fact]
    public void AClosedSessionThatAFailedFreezeLeftPreparedWaitsForTheNextCancel()
    {
        var file = new PlainFile(8);
        int descriptor = _kernel.OpenFile(() => file);
        KernelLedger before = KernelLedger.Capture(_kernel, file);
        int device = Open();
        Assert.Equal(0, _luo.RegisterFile(device, 1, descriptor));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, _kernel.Close(device));
        _handler.OnFreeze = static _ => -(int)Errno.EIO;
        Assert.Equal(-(int)Errno.EIO, _luo.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(2, file.ReferenceCount);
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, _luo.SetEvent(PreMergeEvent.Cancel));
        before.AssertSame(_kernel, file);
    }

    [Fact]
    public void ACallbackCanNotUseLuo()
    {
        Register(Open(), 1, new PlainFile(1));
        _handler.OnPrepare = _ => _luo.SetEvent(PreMergeEvent.Cancel);
        List<LuoEvent> events = _kernel.Record();
        Assert.Equal(-(int)Errno.EIO, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Contains(events.OfType<KernelWarningEvent>(), warning => warning.Message.Contains("deadlock", StringComparison.Ordinal));
    }

    [Fact]
    public void ANumberThatIsNoErrnoIsAFailure()
    {
        Register(Open(), 1, new PlainFile(1));
        _handler.OnPrepare = static _ => 5;
        Assert.Equal(-(int)Errno.EIO, _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(PreMergeState.Normal, _luo.State);
    }

    [Fact]
    public void AKernelThatWasReplacedIsGone()
    {
        int device = Open();
        PreMergeOrchestrator next = _luo.Kexec();
        Assert.Throws<InvalidOperationException>(() => _luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, _kernel.Close(device));
        Assert.Same(next.Kernel, _machine.Running);
    }

    [Fact]
    public void ItRunsInEveryKernel()
    {
        Assert.All(KernelProfile.All, profile =>
        {
            using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 * TestMachine.Megabyte, Kernel = profile });
            Assert.Equal(PreMergeState.Updated, Reach(machine, PreMergeState.Updated).State);
        });
    }

    private static PreMergeState After(PreMergeEvent machineEvent) => machineEvent switch
    {
        PreMergeEvent.Prepare => PreMergeState.Prepared,
        PreMergeEvent.Freeze => PreMergeState.Frozen,
        _ => PreMergeState.Normal,
    };

    private static PreMergeOrchestrator Reach(Machine machine, PreMergeState state)
    {
        PreMergeOrchestrator luo = PreMergeOrchestrator.Boot(machine);
        Assert.Equal(0, luo.RegisterFileHandler(new ScriptedPreMergeHandler()));
        if (state != PreMergeState.Normal)
            Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
        if (state == PreMergeState.Frozen)
            Assert.Equal(0, luo.SetEvent(PreMergeEvent.Freeze));
        if (state == PreMergeState.Updated)
        {
            luo = luo.Kexec();
            Assert.Equal(0, luo.RegisterFileHandler(new ScriptedPreMergeHandler()));
        }
        Assert.Equal(state, luo.State);
        return luo;
    }

    private int Open()
    {
        int device = _luo.OpenDevice();
        Assert.True(device >= 0);
        return device;
    }

    private int Register(int device, ulong token, PlainFile file) => _luo.RegisterFile(device, token, _kernel.OpenFile(() => file));

    /// <summary>Two sessions of two files each, which have the numbers 1 to 4.</summary>
    private PlainFile[] RegisterFour()
    {
        int[] devices = [Open(), Open()];
        PlainFile[] files = [new(1), new(2), new(3), new(4)];
        foreach (PlainFile file in files)
            Assert.Equal(0, Register(devices[file.Value > 2 ? 1 : 0], file.Value, file));
        return files;
    }
}
