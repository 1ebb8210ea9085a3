namespace LuoHandlers.Uapi;

/// <summary>
/// What an agent needs of a kernel to speak to <c>/dev/liveupdate</c>. The emulated kernel has one; one over real system calls would let the same
/// agent speak to the real device. Results are those of the system calls: negative numbers are errnos.
/// </summary>
public interface ILiveUpdateTransport
{
    /// <summary>Opens the device.</summary>
    int OpenDevice();

    /// <summary>Runs an ioctl on a descriptor.</summary>
    int Ioctl(int descriptor, uint request, Span<byte> argument);

    /// <summary>Closes a descriptor.</summary>
    int Close(int descriptor);
}
