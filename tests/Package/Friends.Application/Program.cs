using Friends.Application;
using Friends.Library;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;

// The library shows its internals to this assembly: what is generated in both must not collide.
using Machine machine = Machine.Create();
Kernel kernel = machine.Boot();
kernel.RegisterGeneratedHandlers();
using LiveUpdateDevice device = kernel.OpenLiveUpdate();
using LiveUpdateSession session = device.CreateSession("boxes");
session.PreserveFile(1, new Box(11));
session.PreserveFile(2, new Crate(22));

kernel = kernel.Kexec();
kernel.RegisterGeneratedHandlers();
using LiveUpdateDevice nextDevice = kernel.OpenLiveUpdate();
using LiveUpdateSession nextSession = nextDevice.RetrieveSession("boxes");
Console.WriteLine($"{nextSession.RetrieveFile<Box>(1).Content} and {nextSession.RetrieveFile<Crate>(2).Content}: OK");
