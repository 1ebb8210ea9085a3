using LuoHandlers.Emulation;
using LuoHandlers.Uapi;

namespace MyBuffer.Tests;

/// <summary>Files in a session, through a live update of an emulated kernel.</summary>
public sealed class LiveUpdateTests : IDisposable
{
    private readonly Machine _machine = Machine.Create();
    private Kernel _kernel;

    public LiveUpdateTests()
    {
        _kernel = _machine.Boot();
        _kernel.RegisterGeneratedHandlers();
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void AFileComesBackWithWhatWasWrittenLast()
    {
        MyBufferFile file = CreateFile();
        using (LiveUpdateDevice device = _kernel.OpenLiveUpdate())
        {
            device.CreateSession("session").PreserveFile(1, file);
            Assert.True(file.TryAppend(", and after it was preserved"u8));
            Reboot();
        }

        using (LiveUpdateDevice device = _kernel.OpenLiveUpdate())
        using (LiveUpdateSession session = device.RetrieveSession("session"))
        {
            MyBufferFile retrieved = session.RetrieveFile<MyBufferFile>(1);
            session.Finish();
            Assert.Equal("written before, and after it was preserved"u8, retrieved.Contents);
        }
    }

    [Fact]
    public void ClosingTheSessionBeforeTheRebootGivesTheFileBack()
    {
        MyBufferFile file = CreateFile();
        using LiveUpdateDevice device = _kernel.OpenLiveUpdate();
        device.CreateSession("session").Dispose();
        using (LiveUpdateSession session = device.CreateSession("session"))
            session.PreserveFile(1, file);

        using LiveUpdateSession again = device.CreateSession("session");
        again.PreserveFile(1, file);
        Assert.Equal("written before"u8, file.Contents);
    }

    [Fact]
    public void AFileThatNobodyRetrievesLeavesNoMemoryBehind()
    {
        MyBufferFile file = CreateFile();
        using (LiveUpdateDevice device = _kernel.OpenLiveUpdate())
        {
            device.CreateSession("session").PreserveFile(1, file);
            Reboot();
        }
        Assert.True(_kernel.Pages.IsAllocated(file.Page));

        using (LiveUpdateDevice device = _kernel.OpenLiveUpdate())
        using (LiveUpdateSession session = device.RetrieveSession("session"))
            session.Finish();
        Assert.False(_kernel.Pages.IsAllocated(file.Page));
    }

    private MyBufferFile CreateFile()
    {
        var file = MyBufferFile.Create(_kernel.Pages);
        Assert.True(file.TryAppend("written before"u8));
        return file;
    }

    private void Reboot()
    {
        _kernel = _kernel.Kexec();
        _kernel.RegisterGeneratedHandlers();
    }
}
