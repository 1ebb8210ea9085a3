using System.Buffers.Binary;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// A session as it is handed over, 80 bytes: name[64], u64 address of its files, u64 their number
/// (<c>include/linux/kho/abi/luo.h</c>, <c>struct luo_session_ser</c>).
/// </summary>
internal readonly record struct SessionEntry(SessionName Name, PhysicalAddress Files, ulong FileCount)
{
    public const int Size = 80;

    private const int FilesOffset = 64;
    private const int CountOffset = 72;

    public static SessionEntry Read(ReadOnlySpan<byte> entry) => new(
        SessionName.Read(entry[..SessionName.FieldSize]),
        new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(entry[FilesOffset..])),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[CountOffset..]));

    public void Write(Span<byte> entry)
    {
        Name.Write(entry);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[FilesOffset..], Files.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[CountOffset..], FileCount);
    }
}
