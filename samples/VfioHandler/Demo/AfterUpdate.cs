using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;

namespace VfioHandlerSample.Demo;

/// <summary>The next kernel: gets the machine back, lets its device go on, and finishes the session.</summary>
internal static class AfterUpdate
{
    public static int Run(Kernel kernel)
    {
        kernel.RegisterGeneratedHandlers();
        Console.WriteLine($"Booted {kernel.Profile} in process {Environment.ProcessId}.");
        using (FlbLease<SharedTable<PciEntry>> bus = PciFlb.GetIncoming(kernel))
            Console.WriteLine($"The bus leaves {bus.Object!.ToArray().Length} device alone.");
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using VmSession vm = VmSession.Retrieve(device, VirtualMachine.SessionName);
        string[] faults = [.. VirtualMachine.FindFaults(vm)];
        foreach (string fault in faults)
            Console.WriteLine(fault);

        try
        {
            vm.Finish();
        }
        catch (LuoException e) when (e.Errno == Errno.EBUSY)
        {
            Console.WriteLine($"{e.Message} The device is quiet: letting it go on.");
            vm.Device.Resume();
            vm.Finish();
        }
        bool isIntact = faults.Length == 0 && vm.Device.TryKick();
        Console.WriteLine(isIntact ? $"All is intact, and the device does request {vm.Device.DoneCount}." : "NOT ALL IS INTACT.");
        return isIntact ? 0 : 1;
    }
}
