using System.Buffers.Binary;

namespace LuoHandlers.Kho;

/// <summary>A node of a flattened device tree: a name, properties and subnodes, in the order of the tree.</summary>
/// <param name="name">The name; empty for the root.</param>
public sealed class DeviceTreeNode(string name)
{
    private readonly List<(string Name, byte[] Value)> _properties = [];
    private readonly List<DeviceTreeNode> _nodes = [];

    /// <summary>The name; empty for the root.</summary>
    public string Name { get; } = name;

    /// <summary>The properties, in order.</summary>
    public IReadOnlyList<(string Name, byte[] Value)> Properties => _properties;

    /// <summary>The subnodes, in order.</summary>
    public IReadOnlyList<DeviceTreeNode> Nodes => _nodes;

    /// <summary>The value of a property; null if there is none of that name.</summary>
    public byte[]? FindProperty(string name)
    {
        foreach ((string candidate, byte[] value) in _properties)
        {
            if (candidate == name)
                return value;
        }
        return null;
    }

    /// <summary>The subnode of a name; null if there is none.</summary>
    public DeviceTreeNode? FindNode(string name) => _nodes.Find(node => node.Name == name);

    internal void AppendProperty(string name, byte[] value) => _properties.Add((name, value));

    /// <summary>Adds a property of a raw u64, as KHO and LUO write their numbers.</summary>
    internal void AppendProperty(string name, ulong value) => AppendProperty(name, RawBytes(value));

    internal void AppendNode(DeviceTreeNode node) => _nodes.Add(node);

    /// <summary>Adds a property of a raw u64 in front, where an edit of an existing tree puts it.</summary>
    internal void PrependProperty(string name, ulong value) => _properties.Insert(0, (name, RawBytes(value)));

    /// <summary>Adds a subnode in front, where an edit of an existing tree puts it.</summary>
    internal void PrependNode(DeviceTreeNode node) => _nodes.Insert(0, node);

    private static byte[] RawBytes(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
