using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>A reboot beside operations, and what a jump that fails takes back.</summary>
public sealed class RebootLockTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    [Fact(Timeout = 60_000)]
    public Task AnOperationThatComesBackThroughAnotherKernelDoesNotWaitForTheRebootThatWaitsForIt() => Task.Run(() =>
    {
        using Machine otherMachine = TestMachine.Create();
        var handler = new ScriptedHandler();
        var otherHandler = new ScriptedHandler();
        Kernel kernel = _machine.Boot().With(handler);
        Kernel other = otherMachine.Boot().With(otherHandler);
        var agent = new Agent(kernel);
        var otherAgent = new Agent(other);
        int session = agent.CreateSession("s");
        int back = agent.CreateSession("back");
        int otherSession = otherAgent.CreateSession("s");
        int descriptor = agent.Open(new PlainFile(1));
        int backDescriptor = agent.Open(new PlainFile(2));
        int otherDescriptor = otherAgent.Open(new PlainFile());
        int rebootResult = -1;
        var reboot = new Thread(() => rebootResult = kernel.Reboot());

        handler.OnPreserve = (ref LiveUpdateFileOpArgs args) =>
            ((PlainFile)args.File!).Value == 1 ? otherAgent.Preserve(otherSession, 1, otherDescriptor) : 0;
        otherHandler.OnPreserve = (ref LiveUpdateFileOpArgs _) =>
        {
            reboot.Start();
            SpinWait.SpinUntil(() => (reboot.ThreadState & ThreadState.WaitSleepJoin) != 0);
            return agent.Preserve(back, 1, backDescriptor);
        };
        Assert.Equal(0, agent.Preserve(session, 1, descriptor));
        reboot.Join();
        Assert.Equal(0, rebootResult);
        Assert.Equal(2, handler.Count(FileHandlerCallbacks.Freeze));
    }, TestContext.Current.CancellationToken);

    [Fact]
    public void TheDeviceCanBeOpenedAfterAnOpenFromAFreeze()
    {
        var handler = new ScriptedHandler();
        Kernel kernel = _machine.Boot().With(handler);
        var agent = new Agent(kernel);
        Assert.Equal(0, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
        agent.Close(agent.Device);
        KernelLedger before = KernelLedger.Capture(kernel);
        handler.OnFreeze = (ref LiveUpdateFileOpArgs _) =>
        {
            Assert.Throws<LockRecursionException>(() => kernel.OpenDevice());
            return -(int)Errno.EAGAIN;
        };
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        before.AssertSame(kernel);
        Assert.True(kernel.OpenDevice() >= 0);
    }

    [Fact]
    public void AReplacedKernelOpensNoDevice()
    {
        Kernel kernel = _machine.Boot();
        kernel.KexecToHandover();
        Assert.Throws<InvalidOperationException>(() => kernel.OpenDevice());
    }

    [Theory]
    [InlineData("6.19", true)]
    [InlineData("6.19.y", true)]
    [InlineData("7.2", true)]
    [InlineData("6.19", false)]
    public void AJumpThatFailsKeepsTheHandlesEvenWhereAFailedFreezeSetsThemToZero(string profile, bool isJump)
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Find(profile)! });
        var handler = new ScriptedHandler();
        Kernel kernel = machine.Boot().With(handler);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        Assert.Equal(0, agent.Preserve(session, 1, agent.Open(new PlainFile(5))));
        Assert.Equal(0, agent.Preserve(session, 2, agent.Open(new PlainFile(6))));
        var failure = new InvalidOperationException("The jump failed.");
        if (isJump)
        {
            Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => kernel.Orchestrator.Reboot(() => throw failure)));
        }
        else
        {
            handler.OnFreeze = (ref LiveUpdateFileOpArgs args) => args.SerializedData == 6 ? -(int)Errno.EAGAIN : 0;
            Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        }
        var frozen = new List<ulong>();
        handler.OnFreeze = (ref LiveUpdateFileOpArgs args) =>
        {
            frozen.Add(args.SerializedData);
            return 0;
        };
        Assert.Equal(0, kernel.Reboot());
        Assert.Equal(isJump ? [5, 6] : [0UL, 6], frozen);
    }

    public void Dispose() => _machine.Dispose();
}
