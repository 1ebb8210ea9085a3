using System.Buffers.Binary;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// An FLB as it is handed over, 64 bytes: name[48], u64 data, u64 count (<c>include/linux/kho/abi/luo.h</c>, <c>struct luo_flb_ser</c>).
/// </summary>
internal readonly record struct FlbEntry(CompatibleString Compatible, ulong Data, ulong Count)
{
    public const int Size = 64;

    private const int DataOffset = CompatibleString.FieldSize;
    private const int CountOffset = DataOffset + sizeof(ulong);

    public static FlbEntry Read(ReadOnlySpan<byte> entry) => new(
        CompatibleString.Read(entry),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[DataOffset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[CountOffset..]));

    public void Write(Span<byte> entry)
    {
        Compatible.Write(entry);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[DataOffset..], Data);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[CountOffset..], Count);
    }
}
