using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Handover;

/// <summary>Reads raw physical memory. Nothing here knows the runtime's own formats: two readers of one format can't share a mistake.</summary>
internal sealed class PhysicalReader(PhysicalMemory memory)
{
    public ReadOnlySpan<byte> Bytes(ulong address, int length) => memory.GetSpan(new PhysicalAddress(address), length);

    public ulong UInt64(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(address, sizeof(ulong)));

    /// <summary>The text in a field of fixed size, up to its NUL if it has one; each byte is one character.</summary>
    public string Text(ulong address, int fieldSize) => Text(Bytes(address, fieldSize));

    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>A count that can be an index; anything larger is no count that a kernel writes.</summary>
    public int Count(ulong address, int limit)
    {
        ulong count = UInt64(address);
        return count <= (ulong)limit ? (int)count : throw new UnreadableHandoverException($"the count at 0x{address:x} is {count}, above {limit}");
    }
}
