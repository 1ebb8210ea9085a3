using System.Buffers.Binary;
using System.Text;

namespace LuoHandlers.Uapi;

/// <summary>
/// A session, held by an agent. Closing one that was created takes back all its files; closing one that was retrieved finishes it.
/// </summary>
public sealed class LiveUpdateSession : IDisposable
{
    private int _descriptor;

    internal LiveUpdateSession(ILiveUpdateTransport transport, int descriptor, string name, bool isRetrieved)
    {
        Transport = transport;
        _descriptor = descriptor;
        Name = name;
        IsRetrieved = isRetrieved;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it came from the previous kernel: then its files can be retrieved, else files can be preserved in it.</summary>
    public bool IsRetrieved { get; }

    /// <summary>The descriptor; -1 once closed.</summary>
    public int Descriptor => _descriptor;

    internal ILiveUpdateTransport Transport { get; }

    /// <summary>Preserves a file.</summary>
    /// <param name="token">The number under which the next kernel gives it out; any, unique in the session.</param>
    /// <param name="descriptor">The file.</param>
    /// <exception cref="LuoException"><see cref="Errno.EEXIST"/>: the token is used. <see cref="Errno.EBADF"/>: no such descriptor.
    /// <see cref="Errno.ENOENT"/>: no handler takes the file. <see cref="Errno.EBUSY"/>: it is preserved already (since Linux 7.2).
    /// <see cref="Errno.EINVAL"/>: the session was retrieved (since 7.2; before, the file is never handed over). <see cref="Errno.ENOMEM"/>, <see cref="Errno.ENOSPC"/>: no room. Or what the handler says.</exception>
    public void PreserveFd(ulong token, int descriptor)
    {
        Errno errno = TryPreserveFd(token, descriptor);
        if (errno != Errno.None)
        {
            throw new LuoException($"Preserving descriptor {descriptor} as token {token} of the session \"{Name}\"", errno, errno switch
            {
                Errno.EEXIST => "the token is used in this session.",
                Errno.EBADF => "the descriptor is not open.",
                Errno.ENOENT => "no registered handler takes this file. An emulated kernel has only those that a program registers; none is built in, not even for memfds.",
                Errno.EBUSY => "the file, or another one of the same object, is preserved already, or was retrieved and its session is not finished.",
                Errno.EINVAL when IsRetrieved => "the session was retrieved: create one to preserve files.",
                Errno.ENOSPC => "there are as many files as can be.",
                _ => "the handler or one of its FLBs refused it; the kernel's log may say more.",
            });
        }
    }

    /// <summary>Preserves a file, or says why not.</summary>
    public Errno TryPreserveFd(ulong token, int descriptor)
    {
        Span<byte> argument = FileArgument(stackalloc byte[LiveUpdateIoctl.FileArgumentSize], descriptor, token);
        return Ioctl(LiveUpdateIoctl.PreserveFd, argument);
    }

    /// <summary>Gets a file of a retrieved session; again and again, if need be.</summary>
    /// <param name="token">The number under which it was preserved.</param>
    /// <returns>A new descriptor of it.</returns>
    /// <exception cref="LuoException"><see cref="Errno.ENOENT"/>: no such token, or the session is finished. <see cref="Errno.EINVAL"/>: the session
    /// was created here (since Linux 7.2). <see cref="Errno.EMFILE"/>: no descriptor. Or what the handler said at the first attempt, for ever; 6.19 tries
    /// again.</exception>
    public int RetrieveFd(ulong token)
    {
        Errno errno = TryRetrieveFd(token, out int descriptor);
        if (errno != Errno.None)
        {
            throw new LuoException($"Retrieving token {token} of the session \"{Name}\"", errno, errno switch
            {
                Errno.ENOENT => "the session has no file of that token, or is finished.",
                Errno.EINVAL when !IsRetrieved => "the session was created by this kernel: only retrieved ones give files out.",
                Errno.EMFILE => "there is no free descriptor.",
                _ => "the handler could not rebuild the file; that is final since Linux 6.19.y, and the kernel's log may say more.",
            });
        }
        return descriptor;
    }

    /// <summary>Gets a file of a retrieved session, or says why not.</summary>
    public Errno TryRetrieveFd(ulong token, out int descriptor)
    {
        Span<byte> argument = FileArgument(stackalloc byte[LiveUpdateIoctl.FileArgumentSize], 0, token);
        Errno errno = Ioctl(LiveUpdateIoctl.RetrieveFd, argument);
        descriptor = errno == Errno.None ? BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]) : -1;
        return errno;
    }

    /// <summary>Finishes a retrieved session: what was not retrieved is given up, what was stays open.</summary>
    /// <exception cref="LuoException"><see cref="Errno.EBUSY"/>: a handler is not done yet; nothing has changed. <see cref="Errno.EINVAL"/>: the session
    /// was created here (since Linux 7.2; before, its files are finished).</exception>
    public void Finish()
    {
        Errno errno = TryFinish();
        if (errno != Errno.None)
        {
            throw new LuoException($"Finishing the session \"{Name}\"", errno, errno switch
            {
                Errno.EBUSY => "a handler can't finish one of its files yet; nothing has changed, try again.",
                Errno.EINVAL when !IsRetrieved => "the session was created by this kernel: close it to take its files back.",
                _ => "the kernel says no more.",
            });
        }
    }

    /// <summary>Finishes a retrieved session, or says why not.</summary>
    public Errno TryFinish()
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.FinishArgumentSize];
        argument.Clear();
        return Ioctl(LiveUpdateIoctl.Finish, argument);
    }

    /// <summary>Asks the kernel for the session's name; null if this kernel can't tell (before 7.2).</summary>
    public string? QueryName()
    {
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.NameArgumentSize];
        argument.Clear();
        if (Ioctl(LiveUpdateIoctl.GetName, argument) != Errno.None)
            return null;
        Span<byte> name = argument[LiveUpdateIoctl.NameOffset..];
        return Encoding.UTF8.GetString(name[..Math.Max(name.IndexOf((byte)0), 0)]);
    }

    /// <summary>Closes the session: one that was created takes its files back, one that was retrieved is finished.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _descriptor, -1) is var descriptor and >= 0)
            _ = Transport.Close(descriptor);
    }

    private static Span<byte> FileArgument(Span<byte> argument, int descriptor, ulong token)
    {
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..], descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateIoctl.TokenOffset..], token);
        return argument;
    }

    private Errno Ioctl(uint request, Span<byte> argument)
    {
        ObjectDisposedException.ThrowIf(_descriptor < 0, this);
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        // A positive number is a callback's mistake and a failure all the same.
        return (Errno)Math.Abs(Transport.Ioctl(_descriptor, request, argument));
    }
}
