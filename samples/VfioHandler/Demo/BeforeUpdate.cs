using LuoHandlers.Emulation;
using LuoHandlers.Uapi;

namespace VfioHandlerSample.Demo;

/// <summary>The first kernel: preserves the machine while its device works.</summary>
internal static class BeforeUpdate
{
    public static int Run(Machine machine, bool inProcess)
    {
        Kernel kernel = machine.Boot();
        kernel.RegisterGeneratedHandlers();
        Console.WriteLine($"Booted {kernel.Profile} in process {Environment.ProcessId}.");
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using VmSession vm = VirtualMachine.Create(kernel);
        vm.Preserve(device, VirtualMachine.SessionName);
        Console.WriteLine($"Preserved memory, ring, iommufd and the device {vm.Device.Address}.");

        // The device goes on until it is frozen.
        while (vm.Device.DoneCount < VirtualMachine.DoneCount)
            vm.Device.TryKick();
        Console.WriteLine($"The device has done {vm.Device.DoneCount} requests.");
        if (!inProcess)
        {
            Console.WriteLine("Live update: replacing this program by a real exec …");
            kernel.KexecProcess();
        }
        Console.WriteLine("Live update: booting the next kernel in this process …");
        return AfterUpdate.Run(kernel.Kexec());
    }
}
