using System.Runtime.InteropServices;

namespace LuoHandlers.Native;

/// <summary>What of <c>struct statx</c> is looked at; unlike that of <c>fstat</c>, its layout is the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct LinuxFileStatus
{
    public const int TypeMask = 0xf000;
    public const int RegularFile = 0x8000;

    /// <summary>Type and permissions.</summary>
    [FieldOffset(28)]
    public ushort Mode;

    /// <summary>The size in bytes.</summary>
    [FieldOffset(40)]
    public ulong Size;
}
