using LuoHandlers.Emulation;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Vfs;

public sealed class DescriptorTableTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    [Fact]
    public void TheLowestFreeNumberIsUsed()
    {
        Kernel kernel = _machine.Boot();
        int[] numbers = [.. Enumerable.Range(0, 200).Select(_ => kernel.OpenFile(() => new PlainFile()))];
        Assert.Equal(Enumerable.Range(3, 200), numbers);

        Assert.Equal(0, kernel.Close(150));
        Assert.Equal(0, kernel.Close(7));
        Assert.Equal(7, kernel.OpenFile(() => new PlainFile()));
        Assert.Equal(150, kernel.Dup(7));
        Assert.Equal(203, kernel.Dup(7));
        Assert.Equal(201, kernel.OpenDescriptorCount);
    }

    [Fact]
    public void WhatIsNotOpenCanNotBeUsed()
    {
        Kernel kernel = _machine.Boot();
        foreach (int descriptor in (int[])[-1, 0, 3, 1000, int.MaxValue, int.MinValue])
        {
            Assert.Equal(-(int)Errno.EBADF, kernel.Close(descriptor));
            Assert.Equal(-(int)Errno.EBADF, kernel.Dup(descriptor));
            Assert.Equal(-(int)Errno.EBADF, kernel.Ioctl(descriptor, 0, default));
            Assert.Null(kernel.GetFile(descriptor));
        }
    }

    [Fact]
    public void AFullTableOpensNothing()
    {
        Kernel kernel = _machine.Boot(new BootOptions { DescriptorLimit = 5 });
        bool isOpened = false;
        Assert.Equal(3, kernel.OpenFile(() => new PlainFile()));
        Assert.Equal(4, kernel.Dup(3));

        Assert.Equal(-(int)Errno.EMFILE, kernel.Dup(3));
        Assert.Equal(-(int)Errno.EMFILE, kernel.OpenDevice());
        Assert.Equal(-(int)Errno.EMFILE, kernel.OpenFile(() =>
        {
            isOpened = true;
            return new PlainFile();
        }));
        Assert.False(isOpened);
        Assert.Equal(2, kernel.GetFile(3)!.ReferenceCount);
    }

    [Fact]
    public void AFileThatCanNotBeMadeTakesNoNumber()
    {
        Kernel kernel = _machine.Boot();

        Assert.Throws<NotSupportedException>(() => kernel.OpenFile(() => throw new NotSupportedException()));
        Assert.Equal(3, kernel.OpenFile(() => new PlainFile()));
    }

    [Fact]
    public void DescriptorsShareOneFile()
    {
        Kernel kernel = _machine.Boot();
        var file = new PlainFile();
        int first = kernel.OpenFile(() => file);
        int second = kernel.Dup(first);
        Assert.Equal(2, file.ReferenceCount);

        Assert.Equal(0, kernel.Close(first));
        Assert.Same(file, kernel.GetFile(second));
        Assert.Equal(0, file.ReleaseCount);
        Assert.Equal(0, kernel.Close(second));
        Assert.Equal(1, file.ReleaseCount);
    }

    [Fact]
    public void ADescriptorThatOnlyNamesAFileIsNoOpenFile()
    {
        Kernel kernel = _machine.Boot();
        int path = kernel.OpenFile(() => new PlainFile(), pathOnly: true);
        kernel.With(new ScriptedHandler());
        var agent = new Agent(kernel);
        int session = agent.CreateSession("s");

        Assert.Equal(-(int)Errno.EBADF, agent.Preserve(session, 1, path));
        Assert.Equal(-(int)Errno.EBADF, agent.Preserve(session, 1, kernel.Dup(path)));
        Assert.Equal(-(int)Errno.EBADF, kernel.Ioctl(path, 0, default));
        Assert.Equal(-(int)Errno.ENOTTY, kernel.Ioctl(agent.Open(new PlainFile()), 0, default));
    }

    public void Dispose() => _machine.Dispose();
}
