using System.Buffers.Binary;
using System.Text;

namespace LuoHandlers.Kho;

/// <summary>
/// Reads and writes flattened device trees (Devicetree Specification, version 17), in which KHO and the older LUO describe what they
/// hand over. Numbers of the format itself are big-endian; the u64 values of KHO are raw little-endian.
/// </summary>
public static class FlattenedDeviceTree
{
    /// <summary>The magic number at the start.</summary>
    public const uint Magic = 0xd00dfeed;

    private const int HeaderSize = 40;
    private const int SequentialHeaderSize = 48;
    private const int ReserveMapSize = 16;
    private const uint Version = 17;
    private const uint CompatibleVersion = 16;
    private const uint BeginNodeToken = 1;
    private const uint EndNodeToken = 2;
    private const uint PropertyToken = 3;
    private const uint NopToken = 4;
    private const uint EndToken = 9;
    private const int MaximumDepth = 16;

    /// <summary>Reads a tree.</summary>
    /// <param name="blob">The tree, and maybe more behind it; not trusted.</param>
    /// <exception cref="InvalidDeviceTreeException">It is no such tree; the message says where.</exception>
    public static DeviceTreeNode Read(ReadOnlySpan<byte> blob)
    {
        int totalSize = ReadTotalSize(blob);
        blob = blob[..totalSize];
        ReadOnlySpan<byte> structure = Section(blob, "structure block", 8, 36);
        ReadOnlySpan<byte> strings = Section(blob, "strings block", 12, 32);

        var open = new Stack<DeviceTreeNode>();
        DeviceTreeNode? root = null;
        int position = 0;
        while (true)
        {
            int start = position;
            switch (ReadCell(structure, ref position))
            {
                case BeginNodeToken:
                    var node = new DeviceTreeNode(ReadName(structure, ref position));
                    if (open.Count == 0 && root is not null)
                        throw new InvalidDeviceTreeException($"a second root node at structure offset 0x{start:x}");
                    if (open.Count == MaximumDepth)
                        throw new InvalidDeviceTreeException($"nodes nested deeper than {MaximumDepth} at structure offset 0x{start:x}");
                    if (open.TryPeek(out DeviceTreeNode? parent))
                        parent.AppendNode(node);
                    root ??= node;
                    open.Push(node);
                    break;
                case EndNodeToken:
                    if (!open.TryPop(out _))
                        throw new InvalidDeviceTreeException($"the end of no node at structure offset 0x{start:x}");
                    break;
                case PropertyToken:
                    if (!open.TryPeek(out DeviceTreeNode? owner))
                        throw new InvalidDeviceTreeException($"a property outside of all nodes at structure offset 0x{start:x}");
                    uint length = ReadCell(structure, ref position);
                    uint nameOffset = ReadCell(structure, ref position);
                    if (length > structure.Length - position)
                        throw new InvalidDeviceTreeException($"a property of {length} bytes at structure offset 0x{start:x} ends beyond the block");
                    if (nameOffset >= strings.Length)
                        throw new InvalidDeviceTreeException($"a property name at string offset 0x{nameOffset:x}, beyond the strings block");
                    owner.AppendProperty(ReadText(strings[(int)nameOffset..]), structure.Slice(position, (int)length).ToArray());
                    position = Align(position + (int)length);
                    break;
                case NopToken:
                    break;
                case EndToken:
                    return open.Count == 0 && root is not null
                        ? root
                        : throw new InvalidDeviceTreeException($"the end of the tree at structure offset 0x{start:x} inside a node, or before any");
                case uint token:
                    throw new InvalidDeviceTreeException($"the unknown token {token} at structure offset 0x{start:x}");
            }
        }
    }

    /// <summary>The size that the header of a tree states.</summary>
    /// <exception cref="InvalidDeviceTreeException">There is no such header, or the tree is longer than <paramref name="blob"/>.</exception>
    public static int ReadTotalSize(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < HeaderSize)
            throw new InvalidDeviceTreeException($"{blob.Length} bytes are less than a header");
        if (Header(blob, 0) != Magic)
            throw new InvalidDeviceTreeException($"the magic number is 0x{Header(blob, 0):x}, not 0x{Magic:x}");
        if (Header(blob, 20) < CompatibleVersion || Header(blob, 24) > Version)
            throw new InvalidDeviceTreeException($"its version is {Header(blob, 20)}, compatible with {Header(blob, 24)}; {Version} is known");
        uint totalSize = Header(blob, 4);
        if (totalSize < HeaderSize || totalSize > (uint)blob.Length)
            throw new InvalidDeviceTreeException($"its size is {totalSize}, where {HeaderSize} to {blob.Length} is possible");
        return (int)totalSize;
    }

    /// <summary>Writes a tree.</summary>
    /// <param name="root">The root node.</param>
    /// <param name="strings">The property names in the order in which they shall stand in the strings block.</param>
    /// <param name="isEdited">Whether the tree was edited after it was first written: that closes the gap that a sequential writer leaves behind
    /// the header.</param>
    internal static byte[] Write(DeviceTreeNode root, IReadOnlyList<string> strings, bool isEdited)
    {
        var offsets = new Dictionary<string, int>();
        using var stringBlock = new MemoryStream();
        foreach (string name in strings)
        {
            offsets.Add(name, (int)stringBlock.Length);
            stringBlock.Write(Encoding.UTF8.GetBytes(name));
            stringBlock.WriteByte(0);
        }
        using var structure = new MemoryStream();
        WriteNode(structure, root, offsets);
        WriteCell(structure, EndToken);

        int reserveMapOffset = isEdited ? HeaderSize : SequentialHeaderSize;
        int structureOffset = reserveMapOffset + ReserveMapSize;
        int stringsOffset = structureOffset + (int)structure.Length;
        byte[] blob = new byte[stringsOffset + stringBlock.Length];
        uint[] header =
        [
            Magic,
            (uint)blob.Length,
            (uint)structureOffset,
            (uint)stringsOffset,
            (uint)reserveMapOffset,
            Version,
            CompatibleVersion,
            0,
            (uint)stringBlock.Length,
            (uint)structure.Length,
        ];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(4 * i), header[i]);
        structure.ToArray().CopyTo(blob, structureOffset);
        stringBlock.ToArray().CopyTo(blob, stringsOffset);
        return blob;
    }

    private static void WriteNode(MemoryStream structure, DeviceTreeNode node, Dictionary<string, int> offsets)
    {
        WriteCell(structure, BeginNodeToken);
        WritePadded(structure, [.. Encoding.UTF8.GetBytes(node.Name), 0]);
        foreach ((string name, byte[] value) in node.Properties)
        {
            WriteCell(structure, PropertyToken);
            WriteCell(structure, (uint)value.Length);
            WriteCell(structure, (uint)offsets[name]);
            WritePadded(structure, value);
        }
        foreach (DeviceTreeNode child in node.Nodes)
            WriteNode(structure, child, offsets);
        WriteCell(structure, EndNodeToken);
    }

    private static void WriteCell(MemoryStream structure, uint value)
    {
        Span<byte> cell = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(cell, value);
        structure.Write(cell);
    }

    private static void WritePadded(MemoryStream structure, byte[] bytes)
    {
        structure.Write(bytes);
        while (structure.Length % 4 != 0)
            structure.WriteByte(0);
    }

    private static uint Header(ReadOnlySpan<byte> blob, int offset) => BinaryPrimitives.ReadUInt32BigEndian(blob[offset..]);

    private static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> blob, string what, int offsetField, int sizeField)
    {
        uint offset = Header(blob, offsetField);
        uint size = Header(blob, sizeField);
        if (offset > (uint)blob.Length || size > (uint)blob.Length - offset)
            throw new InvalidDeviceTreeException($"the {what}, {size} bytes at 0x{offset:x}, is not inside the tree of {blob.Length} bytes");
        return blob.Slice((int)offset, (int)size);
    }

    private static uint ReadCell(ReadOnlySpan<byte> structure, ref int position)
    {
        if (structure.Length - position < 4)
            throw new InvalidDeviceTreeException($"the structure block ends at 0x{position:x} without an end token");
        uint cell = BinaryPrimitives.ReadUInt32BigEndian(structure[position..]);
        position += 4;
        return cell;
    }

    private static string ReadName(ReadOnlySpan<byte> structure, ref int position)
    {
        string name = ReadText(structure[position..]);
        position = Align(position + Encoding.UTF8.GetByteCount(name) + 1);
        return name;
    }

    private static string ReadText(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.IndexOf((byte)0);
        if (length < 0)
            throw new InvalidDeviceTreeException("a name is not terminated");
        foreach (byte each in bytes[..length])
        {
            if (each is < 0x20 or > 0x7e)
                throw new InvalidDeviceTreeException("a name is not printable ASCII");
        }
        return Encoding.ASCII.GetString(bytes[..length]);
    }

    private static int Align(int position) => (position + 3) & ~3;
}
