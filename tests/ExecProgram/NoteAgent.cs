using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;

namespace LuoHandlers.ExecProgram;

/// <summary>The user-space side: a session with notes in it. What fails ends the program.</summary>
internal sealed class NoteAgent
{
    private readonly Kernel _kernel;
    private readonly int _device;

    public NoteAgent(Kernel kernel)
    {
        _kernel = kernel;
        _device = Check(kernel.OpenDevice(), "open the device");
    }

    public int CreateSession(string name) => Session(LiveUpdateIoctl.CreateSession, name);

    public int RetrieveSession(string name) => Session(LiveUpdateIoctl.RetrieveSession, name);

    /// <summary>Makes a note and preserves it.</summary>
    /// <returns>Its descriptor.</returns>
    public int Preserve(int session, ulong token, string text)
    {
        int descriptor = Check(_kernel.OpenFile(() => NoteFile.Create(_kernel.KexecHandover!, text)), "open a note");
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FileArgumentSize];
        Fill(argument, descriptor, token);
        Check(_kernel.Ioctl(session, LiveUpdateIoctl.PreserveFd, new UserBuffer(argument)), "preserve a note");
        return descriptor;
    }

    public NoteFile Retrieve(int session, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FileArgumentSize];
        Fill(argument, 0, token);
        Check(_kernel.Ioctl(session, LiveUpdateIoctl.RetrieveFd, new UserBuffer(argument)), "retrieve a note");
        return GetNote(BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]));
    }

    public NoteFile GetNote(int descriptor) => (NoteFile)_kernel.GetFile(descriptor)!;

    public void Finish(int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FinishArgumentSize];
        argument.Clear();
        argument[0] = LiveUpdateIoctl.FinishArgumentSize;
        Check(_kernel.Ioctl(session, LiveUpdateIoctl.Finish, new UserBuffer(argument)), "finish the session");
    }

    private int Session(uint request, string name)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.NameArgumentSize];
        argument.Clear();
        argument[0] = LiveUpdateIoctl.NameArgumentSize;
        Encoding.UTF8.GetBytes(name, argument[LiveUpdateIoctl.NameOffset..]);
        Check(_kernel.Ioctl(_device, request, new UserBuffer(argument)), $"get the session {name}");
        return BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]);
    }

    private static void Fill(Span<byte> argument, int descriptor, ulong token)
    {
        argument.Clear();
        argument[0] = LiveUpdateIoctl.FileArgumentSize;
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..], descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateIoctl.TokenOffset..], token);
    }

    private static int Check(int result, string what) =>
        result >= 0 ? result : throw new ErrnoException((Errno)(-result), $"The program could not {what}: {(Errno)(-result)}.");
}
