using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MyAgent;

const string sessionName = "vm-1";
string greeting = "hello from the guest";

// This program runs twice in one process: before the live update, and after it.
if (!Machine.TryInherit(null, out Machine? machine))
{
    using (machine = Machine.Create())
    {
        Kernel kernel = machine.Boot();
        kernel.RegisterGeneratedHandlers();
        Memfd memory = kernel.CreateMemfd();
        memory.SetSize(64 << 20);
        memory.WriteAt(0, Encoding.UTF8.GetBytes(greeting));

        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using var vm = new VmSession { GuestMemory = memory, DeviceState = kernel.CreateMemfd() };
        vm.Preserve(device, sessionName);
        Console.WriteLine($"Process {Environment.ProcessId} replaces itself.");
        kernel.KexecProcess(); // comes back only as an exception
    }
}

using (machine)
{
    Kernel kernel = machine!.Boot();
    kernel.RegisterGeneratedHandlers();
    using LiveUpdateDevice device = kernel.OpenLiveUpdate();
    using var vm = VmSession.Retrieve(device, sessionName);
    vm.Finish();

    byte[] bytes = new byte[Encoding.UTF8.GetByteCount(greeting)];
    vm.GuestMemory.ReadAt(0, bytes);
    Console.WriteLine($"Process {Environment.ProcessId} goes on after {machine.LastKexec!.Value.Exec.TotalMilliseconds:F0} ms: {Encoding.UTF8.GetString(bytes)}");
}
