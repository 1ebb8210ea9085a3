using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>A program of a kernel's user space that has the device open. Results are those of the system calls.</summary>
internal sealed class Agent(Kernel kernel)
{
    public int Device { get; } = kernel.OpenDevice();

    public int CreateSession(string name) => WithName(LiveUpdateIoctl.CreateSession, name);

    public int RetrieveSession(string name) => WithName(LiveUpdateIoctl.RetrieveSession, name);

    public int Preserve(int session, ulong token, LuoFile file)
    {
        int descriptor = kernel.OpenFile(() => file);
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FileArgumentSize];
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..], descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateIoctl.TokenOffset..], token);
        return kernel.Ioctl(session, LiveUpdateIoctl.PreserveFd, new UserBuffer(argument));
    }

    public int Retrieve(int session, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FileArgumentSize];
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateIoctl.TokenOffset..], token);
        int result = kernel.Ioctl(session, LiveUpdateIoctl.RetrieveFd, new UserBuffer(argument));
        return result < 0 ? result : BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]);
    }

    public Memfd RetrieveMemfd(int session, ulong token)
    {
        int descriptor = Retrieve(session, token);
        Assert.True(descriptor >= 0, $"retrieve of token 0x{token:x} returned {descriptor}");
        return Assert.IsType<Memfd>(kernel.GetFile(descriptor));
    }

    public int Finish(int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FinishArgumentSize];
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        return kernel.Ioctl(session, LiveUpdateIoctl.Finish, new UserBuffer(argument));
    }

    private int WithName(uint request, string name)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.NameArgumentSize];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        Encoding.UTF8.GetBytes(name, argument[LiveUpdateIoctl.NameOffset..]);
        int result = kernel.Ioctl(Device, request, new UserBuffer(argument));
        return result < 0 ? result : BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]);
    }
}
