using System.Buffers.Binary;
using System.Text;

namespace LuoHandlers.Kho;

/// <summary>
/// What KHO itself tells the next kernel: who wrote the memory, and the how manieth kernel in a row it was.
/// 73 bytes, packed: u32 version, char release[65], u32 kexec_count (<c>include/linux/kho/abi/kexec_handover.h</c>, <c>struct kho_kexec_metadata</c>).
/// </summary>
/// <param name="Release">The release of the kernel that handed over, as <c>uname -r</c> gives it.</param>
/// <param name="KexecCount">1 for the first kernel of a row.</param>
public sealed record KexecMetadata(string Release, uint KexecCount)
{
    /// <summary>The name of the subtree.</summary>
    public const string SubtreeName = "kexec-metadata";

    /// <summary>The size in bytes.</summary>
    public const int ByteCount = 73;

    private const uint Version = 1;
    private const int ReleaseOffset = 4;
    private const int CountOffset = 69;

    /// <summary>Reads the structure; null if it is too short or of another version.</summary>
    public static KexecMetadata? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ByteCount || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Version)
            return null;
        ReadOnlySpan<byte> release = bytes[ReleaseOffset..CountOffset];
        int length = release.IndexOf((byte)0);
        return new KexecMetadata(
            Encoding.UTF8.GetString(length < 0 ? release : release[..length]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[CountOffset..]));
    }

    internal void Write(Span<byte> bytes)
    {
        bytes[..ByteCount].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Version);
        Encoding.UTF8.TryGetBytes(Release, bytes[ReleaseOffset..(CountOffset - 1)], out _);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CountOffset..], KexecCount);
    }
}
