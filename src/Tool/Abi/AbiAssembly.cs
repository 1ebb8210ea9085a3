using LuoHandlers.Abi;
using LuoHandlers.Manifests;

namespace LuoHandlers.Tool;

/// <summary>Takes from the manifest of a built program or library what it hands over: nothing of it is loaded or run.</summary>
internal static class AbiAssembly
{
    /// <summary>Whether a file could be an assembly.</summary>
    public static bool IsAssembly(string path)
    {
        using FileStream stream = File.OpenRead(path);
        // A pipe can be read only once, and what comes out of it is text.
        return stream.CanSeek && stream.ReadByte() == 'M' && stream.ReadByte() == 'Z';
    }

    /// <summary>What the assembly, and those that it references and that lie beside it, can retrieve; null where the layout is not known.</summary>
    /// <exception cref="AbiFileException">It says something that can't be read.</exception>
    public static Dictionary<string, AbiDescription?> Read(string path)
    {
        var descriptions = new Dictionary<string, AbiDescription?>();
        foreach (AcceptedAbi accepted in ProgramManifest.Read(path).Accepted)
        {
            if (!AbiLockFile.CanHold(accepted.Compatible))
                throw new AbiFileException(path, $"has the compatible string \"{accepted.Compatible}\", which is not printable ASCII without blanks.");
            if (!descriptions.TryAdd(accepted.Compatible, accepted.Description.Length == 0 ? null : Read(path, accepted)))
                throw new AbiFileException(path, $"has a handler and an FLB of the compatible string \"{accepted.Compatible}\", which can't be told apart here.");
        }
        return descriptions;
    }

    private static AbiDescription Read(string path, AcceptedAbi accepted) =>
        AbiReader.ReadText(accepted.Description) ?? throw new AbiFileException(path, $"says of \"{accepted.Compatible}\" what can't be read.");
}
