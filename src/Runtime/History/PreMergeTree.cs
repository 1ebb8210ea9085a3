using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LuoHandlers.Kho;

namespace LuoHandlers.History;

/// <summary>
/// The format of the series before the merge: a device tree with a node <c>file-descriptors</c>, in it a subnode for each file, named by its token.
/// The u64 of a file is raw little-endian. Without files there is no node.
/// </summary>
internal static class PreMergeTree
{
    public const string FilesNode = "file-descriptors";

    private const string FilesCompatible = "file-descriptors-v1";
    private const string CompatibleProperty = "compatible";
    private const string DataProperty = "data";

    /// <summary>How much memory is set aside for a number of files: an estimate that only very long compatible strings exceed.</summary>
    public static int GetByteCount(int fileCount) => (int)Math.Min(1024 + 128L * fileCount, int.MaxValue);

    public static byte[] Write(IReadOnlyCollection<PreMergeFile> files)
    {
        var root = new DeviceTreeNode("");
        if (files.Count > 0)
        {
            var node = new DeviceTreeNode(FilesNode);
            node.AppendProperty(CompatibleProperty, [.. Encoding.ASCII.GetBytes(FilesCompatible), 0]);
            foreach (PreMergeFile file in files)
                node.AppendNode(CreateEntry(file));
            root.AppendNode(node);
        }
        // The sequential writer puts each new property name in front of the others.
        return FlattenedDeviceTree.Write(root, files.Count > 0 ? [DataProperty, CompatibleProperty] : [], isEdited: false);
    }

    /// <summary>Finds the entries of all files.</summary>
    /// <exception cref="InvalidDeviceTreeException">It is no tree of this format.</exception>
    public static IReadOnlyList<DeviceTreeNode> ReadEntries(ReadOnlySpan<byte> blob)
    {
        DeviceTreeNode root = FlattenedDeviceTree.Read(blob);
        if (root.FindNode(FilesNode) is not { } node)
        {
            return root.Nodes.Count == 0
                ? []
                : throw new InvalidDeviceTreeException($"it has the node {root.Nodes[0].Name} and no node {FilesNode}: it is of another kernel, such as 6.19 or 7.0");
        }
        string compatible = Encoding.Latin1.GetString(node.FindProperty(CompatibleProperty) ?? []).TrimEnd('\0');
        return compatible == FilesCompatible
            ? node.Nodes
            : throw new InvalidDeviceTreeException($"its node {FilesNode} is compatible with \"{compatible}\", and this kernel takes only \"{FilesCompatible}\"");
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">The node; not trusted.</param>
    /// <param name="token">The token; null if the name is none.</param>
    /// <param name="compatible">The compatible string of the handler.</param>
    /// <param name="data">The u64.</param>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? ReadEntry(DeviceTreeNode entry, out ulong? token, out ReadOnlySpan<byte> compatible, out ulong data)
    {
        token = ReadToken(entry.Name);
        compatible = default;
        data = 0;
        if (token is null)
            return $"The entry \"{entry.Name}\" is not named by a token.";
        if (entry.FindProperty(CompatibleProperty) is not [.. byte[] text, 0])
            return $"The entry {entry.Name} has no compatible string that a NUL ends.";
        compatible = text;
        if (entry.FindProperty(DataProperty) is not { Length: sizeof(ulong) } value)
            return $"The data of the entry {entry.Name} has {entry.FindProperty(DataProperty)?.Length ?? 0} bytes, not 8.";
        data = BinaryPrimitives.ReadUInt64LittleEndian(value);
        return null;
    }

    private static DeviceTreeNode CreateEntry(PreMergeFile file)
    {
        byte[] data = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(data, file.Data);
        var entry = new DeviceTreeNode(WriteToken(file.Token));
        entry.AppendProperty(CompatibleProperty, [.. file.Handler.Compatible, 0]);
        entry.AppendProperty(DataProperty, data);
        return entry;
    }

    /// <summary>C's <c>%#llx</c>, which writes no 0x before a 0.</summary>
    private static string WriteToken(ulong token) => token == 0 ? "0" : $"0x{token:x}";

    private static ulong? ReadToken(string name)
    {
        if (name == "0")
            return 0;
        return name.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(name.AsSpan(2), NumberStyles.AllowHexSpecifier, null, out ulong token)
            ? token
            : null;
    }
}
