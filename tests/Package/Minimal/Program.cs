using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;

using Machine machine = Machine.Create();
Kernel kernel = machine.Boot();
kernel.RegisterGeneratedHandlers();
var cache = new Cache(kernel.Pages, kernel.Pages.Allocate());
"kept"u8.CopyTo(cache.Contents);

using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
{
    LiveUpdateSession session = device.CreateSession("my-service");
    session.PreserveFile(token: 1, cache);
    cache.Hits = 42; // After it is preserved: Freeze takes it along.
    kernel = kernel.Kexec();
}

kernel.RegisterGeneratedHandlers();
using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
using (LiveUpdateSession session = device.RetrieveSession("my-service"))
{
    cache = session.RetrieveFile<Cache>(token: 1);
    session.Finish();
}
Console.WriteLine($"{Encoding.UTF8.GetString(cache.Contents[..4])}, {cache.Hits} hits: OK");
