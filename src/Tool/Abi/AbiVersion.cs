using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary>What one version of a program hands over and can take over.</summary>
internal sealed class AbiVersion
{
    private AbiVersion(IReadOnlyDictionary<string, AbiDescription?> descriptions, IReadOnlySet<string> retired)
    {
        Descriptions = descriptions;
        Retired = retired;
    }

    /// <summary>By compatible string; null where the layout is not known.</summary>
    public IReadOnlyDictionary<string, AbiDescription?> Descriptions { get; }

    /// <summary>The strings that were given up for good.</summary>
    public IReadOnlySet<string> Retired { get; }

    /// <summary>Reads a lock file or a built assembly.</summary>
    public static AbiVersion Read(string path)
    {
        if (AbiAssembly.IsAssembly(path))
            return new AbiVersion(AbiAssembly.Read(path), new HashSet<string>());
        AbiLockFile file = AbiLockSource.Parse(path, AbiLockSource.ReadText(path));
        return new AbiVersion(
            file.Entries.Values.Where(entry => entry is { IsRetired: false, Description: not null }).ToDictionary(entry => entry.Compatible, entry => entry.Description),
            file.Entries.Values.Where(entry => entry.IsRetired).Select(entry => entry.Compatible).ToHashSet());
    }
}
