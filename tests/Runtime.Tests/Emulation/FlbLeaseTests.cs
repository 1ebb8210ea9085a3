using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Uapi;

namespace LuoHandlers.Runtime.Tests.Emulation;

public sealed class FlbLeaseTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();
    private readonly ScriptedHandler _handler = new();
    private readonly ScriptedFlb _flb = new();
    private readonly Kernel _kernel;
    private readonly LiveUpdateDevice _device;
    private readonly LiveUpdateSession _session;

    public FlbLeaseTests()
    {
        _kernel = _machine.Boot().With(_handler);
        _kernel.RegisterFlb(_handler, _flb);
        _device = _kernel.OpenLiveUpdate();
        _session = _device.CreateSession("s");
    }

    [Fact]
    public void ALeaseKeepsTheObjectUntilItIsDisposed()
    {
        _session.PreserveFile(1, new PlainFile(1));
        FlbLease<string> lease = _kernel.GetOutgoingFlb<string>(_flb);
        _session.Dispose();
        Assert.Equal("preserved", lease.Object);
        Assert.Equal(0, _flb.Count(FlbCallbacks.Unpreserve));

        lease.Dispose();
        lease.Dispose();
        Assert.Equal(1, _flb.Count(FlbCallbacks.Unpreserve));
        Assert.Throws<ObjectDisposedException>(() => lease.Object);
    }

    [Fact]
    public void WithoutAFileThereIsNothingToLease() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<ErrnoException>(() => _kernel.GetOutgoingFlb<string>(_flb)).Errno);

    [Fact]
    public void ALeaseOfTheWrongTypeHoldsNothing()
    {
        _session.PreserveFile(1, new PlainFile(1));
        Assert.Throws<InvalidCastException>(() => _kernel.GetOutgoingFlb<Uri>(_flb));
        _session.Dispose();
        Assert.Equal(1, _flb.Count(FlbCallbacks.Unpreserve));
    }

    [Fact]
    public void AnIncomingLeaseHoldsOffTheFinish()
    {
        _session.PreserveFile(1, new PlainFile(1));
        Kernel next = _kernel.Kexec();
        var handler = new ScriptedHandler();
        var flb = new ScriptedFlb();
        next.With(handler).RegisterFlb(handler, flb);
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using (FlbLease<string> lease = next.GetIncomingFlb<string>(flb))
        {
            device.RetrieveSession("s").Dispose();
            Assert.Equal("retrieved f1b", lease.Object);
            Assert.Equal(0, flb.Count(FlbCallbacks.Finish));
        }
        Assert.Equal(1, flb.Count(FlbCallbacks.Finish));
        Assert.Equal(Errno.ENODATA, Assert.Throws<ErrnoException>(() => next.GetIncomingFlb<string>(flb)).Errno);
    }

    [Fact]
    public void WhereAGetTakesNoReferenceDisposingTakesNoneBack()
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Linux7_0 });
        var handler = new ScriptedHandler();
        var flb = new ScriptedFlb();
        Kernel kernel = machine.Boot().With(handler);
        kernel.RegisterFlb(handler, flb);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        LiveUpdateSession session = device.CreateSession("s");
        session.PreserveFile(1, new PlainFile(1));

        kernel.GetOutgoingFlb<string>(flb).Dispose();
        Assert.Equal(0, flb.Count(FlbCallbacks.Unpreserve));
        session.Dispose();
        Assert.Equal(1, flb.Count(FlbCallbacks.Unpreserve));
    }

    [Fact]
    public void AKernelWithoutFlbsSaysSo()
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Linux6_19 });
        var handler = new ScriptedHandler();
        Kernel kernel = machine.Boot().With(handler);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<ErrnoException>(() => kernel.RegisterFlb(handler, _flb)).Errno);
    }

    public void Dispose() => _machine.Dispose();
}
