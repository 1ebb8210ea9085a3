using System.Buffers.Binary;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// A file as it is handed over, 64 bytes: compatible[48], u64 data, u64 token (<c>include/linux/kho/abi/luo.h</c>, <c>struct luo_file_ser</c>).
/// </summary>
internal readonly record struct FileEntry(CompatibleString Compatible, ulong Data, ulong Token)
{
    public const int Size = 64;

    private const int DataOffset = CompatibleString.FieldSize;
    private const int TokenOffset = DataOffset + sizeof(ulong);

    public static FileEntry Read(ReadOnlySpan<byte> entry) => new(
        CompatibleString.Read(entry),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[DataOffset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[TokenOffset..]));

    public void Write(Span<byte> entry)
    {
        Compatible.Write(entry);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[DataOffset..], Data);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[TokenOffset..], Token);
    }
}
