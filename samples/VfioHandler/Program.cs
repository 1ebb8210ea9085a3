using LuoHandlers.Emulation;
using VfioHandlerSample.Demo;

if (args is not ([] or ["--in-process"]))
{
    Console.Error.WriteLine("Carries a virtual machine with a device through a live update that replaces this program by a real exec.");
    Console.Error.WriteLine("Usage: VfioHandler [--in-process]    boots the next kernel in this process, without an exec");
    return 2;
}
var options = new MachineOptions { MemorySize = 64 << 20 };
if (Machine.TryInherit(options, out Machine? machine))
{
    using (machine)
        return AfterUpdate.Run(machine.Boot());
}
using (machine = Machine.Create(options))
    return BeforeUpdate.Run(machine, inProcess: args.Length > 0 || !machine.Memory.CanOutliveProcess);
