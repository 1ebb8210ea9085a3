using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MemfdHandlerSample.Demo;

// The first half of the sample's demonstration, in an older build of it. The second half is the program in the first argument; the other
// arguments are for that program.
const long LargeSize = 3 << 20;

using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
Kernel kernel = machine.Boot();
kernel.RegisterGeneratedHandlers();
using LiveUpdateDevice device = kernel.OpenLiveUpdate();
using LiveUpdateSession vm = device.CreateSession(DemoFile.VmSession);
using LiveUpdateSession agent = device.CreateSession(DemoFile.AgentSession);
var notes = new List<FileNote>();
ulong seed = 0;
foreach (DemoFile file in DemoFile.All(LargeSize).Select(file => file with { Seals = MemfdSeals.None }))
{
    Memfd memfd = kernel.CreateMemfd();
    memfd.SetSize(file.Size);
    Contents.Fill(memfd, ++seed, _ => { });
    memfd.Position = file.Position;
    notes.Add(new FileNote(file, Contents.Sha256(memfd)));
    (file.Session == vm.Name ? vm : agent).PreserveFile(file.Token, memfd);
}
Memfd noted = kernel.CreateMemfd();
noted.SetSize(16384);
new DemoNotes(Environment.ProcessId, 0, notes).Write(noted);
agent.PreserveFile(DemoFile.NotesToken, noted);
kernel.KexecProcess(new KexecProcessOptions { Program = args[0], Arguments = args[1..] });
