namespace LuoHandlers.Manifests;

/// <summary>Finds the assembly of a .NET program.</summary>
internal static class ProgramAssembly
{
    private const string Extension = ".dll";

    /// <summary>The path of the assembly.</summary>
    /// <param name="program">The program as it is executed, or the assembly itself.</param>
    /// <exception cref="InvalidManifestException">There is none, or the program is of another kind.</exception>
    public static string Find(string program)
    {
        string file = Path.GetFullPath(program);
        if (!File.Exists(file))
            throw new InvalidManifestException(program, "is not there");
        // The host of .NET looks beside the file that a link leads to, too.
        file = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if (file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return file;
        string name = file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;
        // Without this file it is no program of .NET that is run by an assembly: another one may have such a file beside it by chance.
        if (!File.Exists(name + Extension) || !File.Exists(name + ".runtimeconfig.json"))
            throw new InvalidManifestException(program, $"has no {Path.GetFileName(name)}{Extension} beside it that it runs: it is no .NET program, or all of it is in one file");
        return name + Extension;
    }
}
