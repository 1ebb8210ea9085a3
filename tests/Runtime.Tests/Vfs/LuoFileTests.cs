using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Vfs;

public sealed class LuoFileTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    [Fact]
    public void IsReleasedOnceWithTheLastReference()
    {
        var file = new PlainFile();
        file.Get();
        Assert.Equal(2, file.ReferenceCount);
        file.Put();
        Assert.Equal(0, file.ReleaseCount);
        file.Put();

        Assert.Equal(1, file.ReleaseCount);
        Assert.Equal(0, file.ReferenceCount);
        Assert.Throws<ObjectDisposedException>(file.Put);
        Assert.Throws<ObjectDisposedException>(file.Get);
        Assert.Equal(1, file.ReleaseCount);
        Assert.Equal(0, file.ReferenceCount);
    }

    [Fact]
    public void InsideASystemCallReleaseWaitsForItsEnd()
    {
        Kernel kernel = _machine.Boot();
        var dropped = new PlainFile();
        int releasedInside = -1;
        var handler = new ScriptedHandler
        {
            OnPreserve = (ref LiveUpdateFileOpArgs _) =>
            {
                dropped.Put();
                releasedInside = dropped.ReleaseCount;
                return 0;
            },
        };
        kernel.With(handler);
        var agent = new Agent(kernel);

        Assert.Equal(0, agent.Preserve(agent.CreateSession("s"), 1, agent.Open(new PlainFile())));
        Assert.Equal(0, releasedInside);
        Assert.Equal(1, dropped.ReleaseCount);
    }

    [Fact]
    public void ReleaseMayPutFurtherFiles()
    {
        var inner = new PlainFile();
        var outer = new PlainFile { Releasing = inner.Put };

        outer.Put();

        Assert.Equal(1, outer.ReleaseCount);
        Assert.Equal(1, inner.ReleaseCount);
    }

    [Fact]
    public void AReleaseThatThrowsKeepsNoOtherFileAlive()
    {
        Kernel kernel = _machine.Boot();
        kernel.With(new ScriptedHandler());
        KernelLedger before = KernelLedger.Capture(kernel);
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");
        PlainFile[] files = [new(1), new(2) { Releasing = () => throw new NotSupportedException("release") }, new(3)];
        foreach (PlainFile file in files)
        {
            int descriptor = agent.Open(file);
            Assert.Equal(0, agent.Preserve(session, file.Value, descriptor));
            agent.Close(descriptor);
        }

        Assert.Equal("release", Assert.Throws<NotSupportedException>(() => kernel.Close(session)).Message);
        Assert.All(files, file => Assert.Equal(1, file.ReleaseCount));
        agent.Close(agent.Device);
        before.AssertSame(kernel);
    }

    public void Dispose() => _machine.Dispose();
}
