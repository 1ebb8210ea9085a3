using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The root of what is handed over: a device tree with the address of the record of preserved memory and a subtree for each part of the kernel.
/// </summary>
public sealed class KhoRoot
{
    private readonly KhoFormat _format;
    private readonly DeviceTreeNode _root;

    /// <summary>The property names in the order of the strings block: the sequential writer puts new ones in front, later edits behind.</summary>
    private readonly List<string> _strings;

    private KhoRoot(KhoFormat format, DeviceTreeNode root, List<string> strings)
    {
        _format = format;
        _root = root;
        _strings = strings;
    }

    /// <summary>The address of the record of preserved memory; null address if the kernel that wrote it did not get that far.</summary>
    public PhysicalAddress MemoryMap { get; private set; }

    /// <summary>The subtrees, in the order of the tree: the one added last comes first.</summary>
    public IEnumerable<KhoSubtree> Subtrees => _root.Nodes.Select(ReadSubtree).OfType<KhoSubtree>();

    /// <summary>Reads the root of a given format.</summary>
    /// <param name="blob">The tree, and maybe more behind it; not trusted.</param>
    /// <param name="format">The format of the kernel that reads.</param>
    /// <exception cref="InvalidDeviceTreeException">It is no such tree.</exception>
    public static KhoRoot Read(ReadOnlySpan<byte> blob, KhoFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        DeviceTreeNode root = FlattenedDeviceTree.Read(blob);
        string compatible = ReadCompatible(root);
        if (compatible != format.Compatible)
            throw new InvalidDeviceTreeException($"it is compatible with \"{compatible}\", and this kernel takes \"{format.Compatible}\"");
        if (root.FindProperty(KhoFormat.MemoryMapProperty) is not { Length: sizeof(ulong) } map)
            throw new InvalidDeviceTreeException($"its root has no property {KhoFormat.MemoryMapProperty} of 8 bytes");
        return new KhoRoot(format, root, []) { MemoryMap = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(map)) };
    }

    /// <summary>The compatible string of a root of whatever format; empty if it has none.</summary>
    public static string ReadCompatible(DeviceTreeNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        byte[] value = root.FindProperty(KhoFormat.CompatibleProperty) ?? [];
        return Encoding.ASCII.GetString(value).TrimEnd('\0');
    }

    /// <summary>The subtree of a name; null if there is none, or it lacks its address.</summary>
    public KhoSubtree? FindSubtree(string name) => _root.FindNode(name) is { } node ? ReadSubtree(node) : null;

    internal static KhoRoot Create(KhoFormat format, PhysicalAddress memoryMap)
    {
        var root = new DeviceTreeNode("");
        root.AppendProperty(KhoFormat.CompatibleProperty, [.. Encoding.ASCII.GetBytes(format.Compatible), 0]);
        root.AppendProperty(KhoFormat.MemoryMapProperty, memoryMap.Value);
        return new KhoRoot(format, root, [KhoFormat.MemoryMapProperty, KhoFormat.CompatibleProperty]) { MemoryMap = memoryMap };
    }

    internal void AddSubtree(KhoSubtree subtree)
    {
        var node = new DeviceTreeNode(subtree.Name);
        AddProperty(node, _format.AddressProperty, subtree.Address.Value);
        if (_format.SizeProperty is { } sizeProperty)
            AddProperty(node, sizeProperty, subtree.ByteCount ?? 0);
        _root.PrependNode(node);
    }

    internal void SetMemoryMap(PhysicalAddress memoryMap)
    {
        MemoryMap = memoryMap;
        BinaryPrimitives.WriteUInt64LittleEndian(_root.FindProperty(KhoFormat.MemoryMapProperty), memoryMap.Value);
    }

    internal byte[] Write() => FlattenedDeviceTree.Write(_root, _strings, isEdited: true);

    private void AddProperty(DeviceTreeNode node, string name, ulong value)
    {
        if (!_strings.Contains(name))
            _strings.Add(name);
        node.PrependProperty(name, value);
    }

    private KhoSubtree? ReadSubtree(DeviceTreeNode node)
    {
        if (node.FindProperty(_format.AddressProperty) is not { Length: sizeof(ulong) } address)
            return null;
        ulong? size = _format.SizeProperty is { } name && node.FindProperty(name) is { Length: sizeof(ulong) } value
            ? BinaryPrimitives.ReadUInt64LittleEndian(value)
            : null;
        return new KhoSubtree(node.Name, new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(address)), size);
    }
}
