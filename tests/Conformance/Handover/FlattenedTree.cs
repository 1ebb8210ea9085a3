using System.Buffers.Binary;

namespace LuoHandlers.Conformance.Handover;

/// <summary>A flattened device tree, read from memory: as much of its format as LUO and KHO use.</summary>
internal sealed record FlattenedTree(ulong Address, int TotalSize, TreeNode Root)
{
    private const uint Magic = 0xd00dfeed;
    private const int HeaderSize = 40;
    private const int PageSize = 4096;
    private const uint BeginNode = 1;
    private const uint EndNode = 2;
    private const uint Prop = 3;
    private const uint Nop = 4;
    private const uint End = 9;

    public static FlattenedTree Read(PhysicalReader memory, ulong address)
    {
        ReadOnlySpan<byte> header = memory.Bytes(address, HeaderSize);
        if (Word(header, 0) != Magic)
            throw new UnreadableHandoverException($"there is no device tree at 0x{address:x}: its first word is 0x{Word(header, 0):x8}");
        uint totalSize = Word(header, 4);
        if (totalSize is < HeaderSize or > PageSize)
            throw new UnreadableHandoverException($"the device tree at 0x{address:x} claims {totalSize} bytes");

        ReadOnlySpan<byte> blob = memory.Bytes(address, (int)totalSize);
        ReadOnlySpan<byte> strings = blob[(int)Word(blob, 12)..];
        int at = (int)Word(blob, 8);
        var open = new Stack<TreeNode>();
        while (true)
        {
            uint token = Word(blob, at);
            at += 4;
            switch (token)
            {
                case BeginNode:
                    string name = PhysicalReader.Text(blob[at..]);
                    var node = new TreeNode(name);
                    if (open.TryPeek(out TreeNode? parent))
                        parent.Nodes.Add(node);
                    open.Push(node);
                    at = Align(at + name.Length + 1);
                    break;
                case EndNode:
                    TreeNode ended = open.Pop();
                    if (open.Count == 0)
                        return Word(blob, at) == End ? new FlattenedTree(address, (int)totalSize, ended) : throw Malformed(address, at);
                    break;
                case Prop:
                    int length = (int)Word(blob, at);
                    string propertyName = PhysicalReader.Text(strings[(int)Word(blob, at + 4)..]);
                    at += 8;
                    open.Peek().Properties.Add(new TreeProperty(propertyName, at, blob.Slice(at, length).ToArray()));
                    at = Align(at + length);
                    break;
                case Nop:
                    break;
                default:
                    throw Malformed(address, at - 4);
            }
        }
    }

    private static uint Word(ReadOnlySpan<byte> blob, int offset) => BinaryPrimitives.ReadUInt32BigEndian(blob[offset..]);

    private static int Align(int offset) => (offset + 3) & ~3;

    private static UnreadableHandoverException Malformed(ulong address, int offset) =>
        new($"the device tree at 0x{address:x} has an unexpected token at offset {offset}");
}
