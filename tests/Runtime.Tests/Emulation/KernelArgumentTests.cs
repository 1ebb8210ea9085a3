using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Uapi;

namespace LuoHandlers.Runtime.Tests.Emulation;

/// <summary>What a program gives a machine or a kernel, and what it is told of what is wrong with it.</summary>
public sealed class KernelArgumentTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    public static TheoryData<string> Kernels => [.. KernelProfile.All.Select(profile => profile.Name)];

    [Theory]
    [InlineData(1UL, 1UL << 20)]
    [InlineData(0UL, 0UL)]
    [InlineData(0UL, 4097UL)]
    [InlineData(1UL << 46, 1UL << 20)]
    public void AnImpossibleMemoryIsRefusedByTheNameOfTheArgument(ulong start, ulong size)
    {
        var options = new MachineOptions { MemoryBase = start, MemorySize = size };
        Assert.Equal("options", Assert.Throws<ArgumentException>(() => Machine.Create(options)).ParamName);
        string parameter = Assert.Throws<ArgumentException>(() => PhysicalMemory.Create(new PhysicalAddress(start), size)).ParamName!;
        Assert.Equal(start % Page.Size != 0 ? "baseAddress" : "size", parameter);
    }

    [Fact]
    public void AMemoryOfOnePageIsTooSmallToBoot()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemoryBase = TestMachine.Megabyte, MemorySize = Page.Size });
        Assert.Equal(Errno.ENOMEM, Assert.Throws<ErrnoException>(() => machine.Boot()).Errno);
    }

    [Fact]
    public void AnOpenThatMakesNoFileLeavesNoDescriptor()
    {
        Kernel kernel = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(kernel);
        Assert.Equal("open", Assert.Throws<ArgumentException>(() => kernel.OpenFile(() => null!)).ParamName);
        before.AssertSame(kernel);
    }

    [Fact]
    public void ANameWithANulIsToldSo()
    {
        using LiveUpdateDevice device = _machine.Boot().OpenLiveUpdate();
        Assert.Contains("a NUL in it", Assert.Throws<LuoException>(() => device.CreateSession("a\0b")).Message);
        Assert.Contains("a NUL in it", Assert.Throws<LuoException>(() => device.RetrieveSession("a\0b")).Message);
        Assert.Contains("this one 0", Assert.Throws<LuoException>(() => device.CreateSession("")).Message);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void WhatIsRegisteredCanBeUnregisteredAndRegisteredAgain(string name)
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Find(name)! });
        Kernel kernel = machine.Boot();
        var module = new KernelModule("plain");
        var handler = new ScriptedHandler { Owner = module };
        var flb = new ScriptedFlb { Owner = module };
        for (int i = 0; i < 2; i++)
        {
            kernel.RegisterFileHandler(handler);
            if (kernel.Profile.Flbs != FlbRules.None)
            {
                kernel.RegisterFlb(handler, flb);
                kernel.UnregisterFlb(handler, flb);
            }
            kernel.UnregisterFileHandler(handler);
            Assert.Equal(0, module.ReferenceCount);
        }
        kernel.UnregisterFileHandler(handler);
        var agent = new Agent(kernel);
        Assert.Equal(-(int)Errno.ENOENT, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
    }

    [Fact]
    public void AnOlderKernelSaysWhyItUnregistersNothing()
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Linux7_0 });
        Kernel kernel = machine.Boot();
        var handler = new ScriptedHandler();
        var flb = new ScriptedFlb();
        kernel.RegisterFileHandler(handler);
        Assert.Equal(Errno.ENOENT, Assert.Throws<ErrnoException>(() => kernel.UnregisterFlb(handler, flb)).Errno);
        kernel.RegisterFlb(handler, flb);
        Assert.Equal(Errno.EBUSY, Assert.Throws<ErrnoException>(() => kernel.UnregisterFileHandler(handler)).Errno);
        kernel.UnregisterFlb(handler, flb);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        Assert.Equal(Errno.EBUSY, Assert.Throws<ErrnoException>(() => kernel.UnregisterFileHandler(handler)).Errno);
        Assert.Contains("Linux 7.0", Assert.Throws<ErrnoException>(() => kernel.RegisterFileHandler(new ScriptedHandler("other-v1"))).Message);
        agent.Close(session);
        kernel.UnregisterFileHandler(handler);
        var going = new KernelModule("going") { IsLive = false };
        Assert.Contains("going", Assert.Throws<ErrnoException>(() => kernel.RegisterFileHandler(new ScriptedHandler { Owner = going })).Message);
    }

    public void Dispose() => _machine.Dispose();
}
