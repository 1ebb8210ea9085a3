using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Uapi;

/// <summary>
/// <c>/dev/liveupdate</c>, opened by an agent: one at a time can. Opening it restores the sessions of the previous kernel, so that all handlers
/// must be registered before. Sessions outlive it.
/// </summary>
public sealed class LiveUpdateDevice : IDisposable
{
    private readonly ILiveUpdateTransport _transport;
    private int _descriptor;

    private LiveUpdateDevice(ILiveUpdateTransport transport, int descriptor)
    {
        _transport = transport;
        _descriptor = descriptor;
    }

    /// <summary>The descriptor; -1 once closed.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Opens the device.</summary>
    /// <exception cref="LuoException"><see cref="Errno.ENOENT"/>: live update is off. <see cref="Errno.EBUSY"/>: it is open already.
    /// <see cref="Errno.EIO"/>: the incoming sessions could not be restored. <see cref="Errno.EMFILE"/>: no descriptor.</exception>
    public static LiveUpdateDevice Open(ILiveUpdateTransport transport)
    {
        Errno errno = TryOpen(transport, out LiveUpdateDevice? device);
        return device ?? throw new LuoException("Opening /dev/liveupdate", errno, errno switch
        {
            Errno.ENOENT => "live update is off in this kernel.",
            Errno.EBUSY => "it is open already; close the other one, its duplicates included.",
            Errno.EIO => "the incoming sessions could not be restored, and won't be before the next reboot. The kernel's log says which file or handler.",
            Errno.EMFILE => "there is no free descriptor.",
            _ => "the kernel says no more.",
        });
    }

    /// <summary>Opens the device, or says why not.</summary>
    public static Errno TryOpen(ILiveUpdateTransport transport, out LiveUpdateDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        int result = transport.OpenDevice();
        device = result < 0 ? null : new LiveUpdateDevice(transport, result);
        return result < 0 ? (Errno)(-result) : Errno.None;
    }

    /// <summary>Creates a session.</summary>
    /// <param name="name">
    /// 1 to 63 bytes of UTF-8 without NUL, unlike that of any other session that will be handed over. Before Linux 7.2 a longer one is cut, and it may be
    /// empty.
    /// </param>
    /// <exception cref="LuoException"><see cref="Errno.EINVAL"/>: the name is empty or too long, or has a NUL in it. <see cref="Errno.EEXIST"/>: it is taken.
    /// <see cref="Errno.ENOMEM"/>, <see cref="Errno.ENOSPC"/>, <see cref="Errno.EMFILE"/>: no room.</exception>
    public LiveUpdateSession CreateSession(string name)
    {
        Errno errno = TryCreateSession(name, out LiveUpdateSession? session);
        return session ?? throw new LuoException($"Creating the session \"{name}\"", errno, errno switch
        {
            Errno.EINVAL when HasNul(name) => "it has a NUL in it: the kernel would take what is before it for the whole name.",
            Errno.EINVAL => $"a name has 1 to {SessionName.FieldSize - 1} bytes, this one {Encoding.UTF8.GetByteCount(name)}.",
            Errno.EEXIST => "there is a session of that name.",
            Errno.ENOSPC => "there are as many sessions as can be.",
            Errno.ENOMEM => "there is no memory.",
            Errno.EMFILE => "there is no free descriptor.",
            _ => "the kernel says no more.",
        });
    }

    /// <summary>Creates a session, or says why not.</summary>
    public Errno TryCreateSession(string name, out LiveUpdateSession? session) => TryOpenSession(LiveUpdateIoctl.CreateSession, name, out session);

    /// <summary>Gets a session of the previous kernel, once.</summary>
    /// <param name="name">The name under which it was created.</param>
    /// <exception cref="LuoException"><see cref="Errno.ENOENT"/>: there is none of that name. <see cref="Errno.EINVAL"/>: it was retrieved already, or the
    /// name has a NUL in it.
    /// <see cref="Errno.EMFILE"/>: no descriptor.</exception>
    public LiveUpdateSession RetrieveSession(string name)
    {
        Errno errno = TryRetrieveSession(name, out LiveUpdateSession? session);
        return session ?? throw new LuoException($"Retrieving the session \"{name}\"", errno, errno switch
        {
            Errno.ENOENT => "the previous kernel handed over no session of that name, or it is finished and closed.",
            Errno.EINVAL when HasNul(name) => "its name has a NUL in it: there can be no such session.",
            Errno.EINVAL => "it was retrieved already.",
            Errno.EMFILE => "there is no free descriptor.",
            _ => "the kernel says no more.",
        });
    }

    /// <summary>Gets a session of the previous kernel, once, or says why not.</summary>
    public Errno TryRetrieveSession(string name, out LiveUpdateSession? session) => TryOpenSession(LiveUpdateIoctl.RetrieveSession, name, out session);

    /// <summary>Closes the device; sessions live on.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _descriptor, -1) is var descriptor and >= 0)
            _ = _transport.Close(descriptor);
    }

    private static bool HasNul(string name) => name.Contains('\0', StringComparison.Ordinal);

    private Errno TryOpenSession(uint request, string name, out LiveUpdateSession? session)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_descriptor < 0, this);
        session = null;
        Span<byte> argument = stackalloc byte[LiveUpdateIoctl.NameArgumentSize];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        Span<byte> field = argument[LiveUpdateIoctl.NameOffset..];
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        // A name that is too long fills its field without a NUL, and the kernel refuses it; one with a NUL would silently be cut.
        if (HasNul(name))
            return Errno.EINVAL;
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length)).CopyTo(field);
        int result = _transport.Ioctl(_descriptor, request, argument);
        if (result != 0)
            return (Errno)Math.Abs(result);
        int descriptor = BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateIoctl.DescriptorOffset..]);
        session = new LiveUpdateSession(_transport, descriptor, name, isRetrieved: request == LiveUpdateIoctl.RetrieveSession);
        return Errno.None;
    }
}
