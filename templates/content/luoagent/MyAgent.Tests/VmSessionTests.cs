using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace MyAgent.Tests;

/// <summary>The session of a virtual machine, through live updates that work and through what can fail.</summary>
public sealed class VmSessionTests : IDisposable
{
    private const string SessionName = "vm-1";

    private readonly Machine _machine = Machine.Create();
    private readonly Kernel _kernel;
    private readonly LiveUpdateDevice _device;
    private readonly VmSession _vm;

    public VmSessionTests()
    {
        _kernel = _machine.Boot();
        _kernel.RegisterGeneratedHandlers();
        _device = _kernel.OpenLiveUpdate();
        _vm = new VmSession { GuestMemory = CreateMemfd("memory"u8), DeviceState = CreateMemfd("devices"u8) };
    }

    public void Dispose()
    {
        _vm.Dispose();
        _device.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public void EveryFileComesBackWithWhatWasWrittenLast()
    {
        _vm.Preserve(_device, SessionName);
        _vm.DeviceState.WriteAt(0, "DEVICES"u8);
        Kernel next = _kernel.Kexec();
        next.RegisterGeneratedHandlers();

        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using var vm = VmSession.Retrieve(device, SessionName);
        vm.Finish();
        Assert.Equal("memory"u8, Read(vm.GuestMemory));
        Assert.Equal("DEVICES"u8, Read(vm.DeviceState));
    }

    [Fact]
    public void PreservingMayFailAnywhereAndLeavesNothingBehind()
    {
        // The first session brings a page in which LUO lists sessions, and which stays.
        _device.CreateSession("first").Dispose();
        long preserved = _kernel.KexecHandover!.PreservedPageCount;
        int failures = 0;
        while (!TryPreserve(failures))
        {
            Assert.Equal(preserved, _kernel.KexecHandover.PreservedPageCount);
            failures++;
        }
        Assert.True(failures > 1);
        Assert.Equal("memory"u8, Read(_vm.GuestMemory));
    }

    [Fact]
    public void WhatIsHandedOverIsInTheImage()
    {
        _vm.Preserve(_device, SessionName);
        _kernel.KexecToHandover(); // freezes and writes, and boots nothing
        string path = Path.GetTempFileName();
        try
        {
            _machine.SaveImage(path);
            using var report = HandoverReport.Read(path);
            HandoverSession session = Assert.Single(report.Sessions);
            Assert.Equal(SessionName, session.Name);
            Assert.Equal([1UL, 2UL], session.Files.Select(file => file.Token));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Preserves the session while one allocation fails, counted from 0; false: it came to that allocation.</summary>
    private bool TryPreserve(int failing)
    {
        _kernel.Faults.FailNext(FaultPoint.KhoAllocation, failing);
        try
        {
            _vm.Preserve(_device, SessionName);
            return true;
        }
        catch (LuoException e) when (e.Errno == Errno.ENOMEM)
        {
            return false;
        }
        finally
        {
            _kernel.Faults.Clear();
        }
    }

    private Memfd CreateMemfd(ReadOnlySpan<byte> contents)
    {
        Memfd memfd = _kernel.CreateMemfd();
        memfd.WriteAt(0, contents);
        return memfd;
    }

    private static byte[] Read(Memfd memfd)
    {
        byte[] bytes = new byte[memfd.Size];
        Assert.Equal(bytes.Length, memfd.ReadAt(0, bytes));
        return bytes;
    }
}
