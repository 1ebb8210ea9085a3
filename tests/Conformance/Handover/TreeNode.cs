using System.Buffers.Binary;

namespace LuoHandlers.Conformance.Handover;

/// <summary>A node of a flattened device tree.</summary>
internal sealed record TreeNode(string Name)
{
    public List<TreeProperty> Properties { get; } = [];

    public List<TreeNode> Nodes { get; } = [];

    public TreeNode? FindNode(string name) => Nodes.Find(node => node.Name == name);

    public TreeProperty? FindProperty(string name) => Properties.Find(property => property.Name == name);

    public TreeProperty Property(string name) =>
        FindProperty(name) ?? throw new UnreadableHandoverException($"the node \"{Name}\" of the device tree has no property \"{name}\"");

    public string Text(string name) => PhysicalReader.Text(Property(name).Value);

    /// <summary>The value of a property that Linux writes as the plain bytes of a u64, not as big-endian cells.</summary>
    public ulong UInt64(string name)
    {
        byte[] value = Property(name).Value;
        return value.Length == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(value)
            : throw new UnreadableHandoverException($"the property \"{name}\" of the node \"{Name}\" has {value.Length} bytes, not 8");
    }
}
