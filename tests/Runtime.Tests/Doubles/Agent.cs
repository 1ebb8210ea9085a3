using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>A user-space program that speaks to <c>/dev/liveupdate</c> of one kernel. All results are system calls' results.</summary>
internal sealed class Agent
{
    private readonly Kernel _kernel;

    public Agent(Kernel kernel)
    {
        _kernel = kernel;
        Device = kernel.OpenDevice();
    }

    /// <summary>The device, or the negative errno of its open.</summary>
    public int Device { get; }

    /// <summary>Opens a file, and expects that it works.</summary>
    public int Open(LuoFile file)
    {
        int descriptor = _kernel.OpenFile(() => file);
        Assert.True(descriptor >= 0);
        return descriptor;
    }

    public int CreateSession(string name) => Named(LiveUpdateIoctl.CreateSession, name);

    public int RetrieveSession(string name) => Named(LiveUpdateIoctl.RetrieveSession, name);

    public int Preserve(int session, ulong token, int descriptor)
    {
        Span<byte> argument = FileArgument(token, descriptor);
        return _kernel.Ioctl(session, LiveUpdateIoctl.PreserveFd, new UserBuffer(argument));
    }

    /// <returns>The descriptor of the file, or what failed.</returns>
    public int Retrieve(int session, ulong token)
    {
        Span<byte> argument = FileArgument(token, 0);
        int result = _kernel.Ioctl(session, LiveUpdateIoctl.RetrieveFd, new UserBuffer(argument));
        return result != 0 ? result : BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]);
    }

    public int Finish(int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FinishArgumentSize];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        return _kernel.Ioctl(session, LiveUpdateIoctl.Finish, new UserBuffer(argument));
    }

    public string GetName(int session)
    {
        byte[] argument = NameArgument("");
        Assert.Equal(0, _kernel.Ioctl(session, LiveUpdateIoctl.GetName, new UserBuffer(argument)));
        return Encoding.UTF8.GetString(argument.AsSpan(LiveUpdateIoctl.NameOffset)).TrimEnd('\0');
    }

    /// <summary>Retrieves a session into memory that can't be written.</summary>
    public int RetrieveSessionIntoReadOnlyMemory(string name) =>
        _kernel.Ioctl(Device, LiveUpdateIoctl.RetrieveSession, new UserBuffer(NameArgument(name), isWritable: false));

    public void Close(int descriptor) => Assert.Equal(0, _kernel.Close(descriptor));

    private int Named(uint request, string name)
    {
        byte[] argument = NameArgument(name);
        int result = _kernel.Ioctl(Device, request, new UserBuffer(argument));
        return result != 0 ? result : BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(LiveUpdateIoctl.DescriptorOffset));
    }

    private static byte[] NameArgument(string name)
    {
        byte[] argument = new byte[LiveUpdateIoctl.NameArgumentSize];
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        Encoding.UTF8.GetBytes(name, argument.AsSpan(LiveUpdateIoctl.NameOffset));
        return argument;
    }

    private static byte[] FileArgument(ulong token, int descriptor)
    {
        byte[] argument = new byte[LiveUpdateIoctl.FileArgumentSize];
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(LiveUpdateIoctl.DescriptorOffset), descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(LiveUpdateIoctl.TokenOffset), token);
        return argument;
    }
}
