namespace LuoHandlers.Uapi;

/// <summary>The ioctls of <c>/dev/liveupdate</c> and of its sessions (<c>include/uapi/linux/liveupdate.h</c>). All structures are little-endian.</summary>
public static class LiveUpdateIoctl
{
    /// <summary>Creates a session; on the device. 72 bytes: u32 size, s32 fd (out), u8 name[64].</summary>
    public const uint CreateSession = 0xBA00;

    /// <summary>Retrieves a session of the previous kernel; on the device. 72 bytes: u32 size, s32 fd (out), u8 name[64].</summary>
    public const uint RetrieveSession = 0xBA01;

    /// <summary>Preserves a file; on a created session. 16 bytes: u32 size, s32 fd, u64 token.</summary>
    public const uint PreserveFd = 0xBA40;

    /// <summary>Retrieves a file; on a retrieved session. 16 bytes: u32 size, s32 fd (out), u64 token.</summary>
    public const uint RetrieveFd = 0xBA41;

    /// <summary>Finishes a retrieved session. 8 bytes: u32 size, u32 reserved (0).</summary>
    public const uint Finish = 0xBA42;

    /// <summary>Gets the name of a session. 72 bytes: u32 size, u32 reserved (0), u8 name[64] (out).</summary>
    public const uint GetName = 0xBA43;

    /// <summary>The size of the structure of <see cref="CreateSession"/>, <see cref="RetrieveSession"/> and <see cref="GetName"/>.</summary>
    public const int NameArgumentSize = 72;

    /// <summary>The size of the structure of <see cref="PreserveFd"/> and <see cref="RetrieveFd"/>.</summary>
    public const int FileArgumentSize = 16;

    /// <summary>The size of the structure of <see cref="Finish"/>.</summary>
    public const int FinishArgumentSize = 8;

    /// <summary>Where a structure has its own size.</summary>
    public const int SizeOffset = 0;

    /// <summary>Where a structure has a descriptor.</summary>
    public const int DescriptorOffset = 4;

    /// <summary>Where a structure has its reserved field.</summary>
    public const int ReservedOffset = 4;

    /// <summary>Where a structure has a name.</summary>
    public const int NameOffset = 8;

    /// <summary>Where a structure has a token.</summary>
    public const int TokenOffset = 8;
}
