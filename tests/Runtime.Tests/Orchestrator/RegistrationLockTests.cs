using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>From which callbacks handlers and FLBs can be registered: where Linux would deadlock, it is said instead.</summary>
public sealed class RegistrationLockTests : IDisposable
{
    private readonly ScriptedHandler _handler = new();
    private readonly ScriptedFlb _flb = new();
    private readonly List<string> _results = [];
    private Machine? _machine;

    [Fact]
    public void NotFromCanPreserve()
    {
        Kernel kernel = Boot(KernelProfile.Linux7_2);
        _handler.OnCanPreserve = _ => RegisterAll(kernel);
        PreserveOne(kernel);
        Assert.Equal(["deadlock", "deadlock", "deadlock", "deadlock"], _results);
    }

    [Fact]
    public void NotFromAnFlbThatLuoCallsForAFile()
    {
        Kernel kernel = Boot(KernelProfile.Linux7_2);
        kernel.RegisterFlb(_handler, _flb);
        _flb.OnPreserve = (ref LiveUpdateFlbOpArgs args) =>
        {
            args.Object = "preserved";
            return RegisterAll(kernel) ? 0 : -1;
        };
        _flb.OnUnpreserve = (ref LiveUpdateFlbOpArgs _) => RegisterAll(kernel) ? 0 : -1;
        PreserveOne(kernel);
        Assert.Equal(4, _results.Count);
        kernel.Close(kernel.OpenDescriptorCount + 2);
        Assert.Equal(Enumerable.Repeat("deadlock", 8), _results);
    }

    [Fact]
    public void ButFromTheOtherCallbacksOfAFile()
    {
        Kernel kernel = Boot(KernelProfile.Linux7_2);
        _handler.OnPreserve = (ref LiveUpdateFileOpArgs _) => RegisterAll(kernel) ? 0 : -1;
        _handler.OnFreeze = (ref LiveUpdateFileOpArgs _) => RegisterAll(kernel) ? -(int)Errno.EAGAIN : -1;
        PreserveOne(kernel);
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        Assert.Equal(Enumerable.Repeat("None", 8), _results);
    }

    [Fact]
    public void ButFromAnFlbThatIsAskedForByItself()
    {
        Kernel old = Boot(KernelProfile.Linux7_2);
        old.RegisterFlb(_handler, _flb);
        PreserveOne(old);
        Kernel kernel = old.Kexec().With(_handler);
        _flb.OnRetrieve = (ref LiveUpdateFlbOpArgs args) =>
        {
            args.Object = "retrieved";
            return RegisterAll(kernel) ? 0 : -1;
        };
        kernel.GetIncomingFlb<string>(_flb).Dispose();
        Assert.Equal(Enumerable.Repeat("None", 4), _results);
    }

    [Fact]
    public void AnOlderKernelRefusesAsThereIsASession()
    {
        Kernel kernel = Boot(KernelProfile.Linux7_0);
        _handler.OnCanPreserve = _ => RegisterAll(kernel);
        PreserveOne(kernel);
        Assert.Equal(Enumerable.Repeat("EBUSY", 4), _results);
    }

    [Fact]
    public void AnOlderKernelWouldDeadlockInFreeze()
    {
        Kernel kernel = Boot(KernelProfile.Linux7_0);
        _handler.OnFreeze = (ref LiveUpdateFileOpArgs _) => RegisterAll(kernel) ? -(int)Errno.EAGAIN : -1;
        PreserveOne(kernel);
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        Assert.Equal(Enumerable.Repeat("deadlock", 4), _results);
    }

    public void Dispose() => _machine?.Dispose();

    private Kernel Boot(KernelProfile profile)
    {
        _machine = Machine.Create(new MachineOptions { Kernel = profile, MemorySize = 64 * TestMachine.Megabyte, MemoryBase = TestMachine.Megabyte });
        return _machine.Boot().With(_handler);
    }

    private static void PreserveOne(Kernel kernel)
    {
        var agent = new Agent(kernel);
        int descriptor = agent.Open(new PlainFile());
        Assert.Equal(0, agent.Preserve(agent.CreateSession("s"), 1, descriptor));
    }

    /// <summary>Registers a handler and an FLB, and takes both back.</summary>
    /// <returns>True, for the callback to go on.</returns>
    private bool RegisterAll(Kernel kernel)
    {
        var handler = new ScriptedHandler("other-v1");
        var flb = new ScriptedFlb("other-flb-v1");
        Add(() => kernel.Orchestrator.RegisterFileHandler(handler));
        Add(() => kernel.Orchestrator.RegisterFlb(kernel.Profile.SessionsBlockRegistration ? _handler : handler, flb));
        Add(() => kernel.Orchestrator.UnregisterFlb(handler, flb));
        Add(() => kernel.Orchestrator.UnregisterFileHandler(handler));
        return true;
    }

    private void Add(Func<int> operation)
    {
        try
        {
            _results.Add(((Errno)(-operation())).ToString());
        }
        catch (LockRecursionException)
        {
            _results.Add("deadlock");
        }
    }
}
