using System.Reflection;
using System.Reflection.Emit;

namespace LuoHandlers.Tool.Tests;

/// <summary>A folder with lock files and assemblies, for as long as a test needs it.</summary>
internal sealed class AbiFolder : IDisposable
{
    public const string Header = "!luo-abi 1\n";

    /// <summary>The kernel's memfds: <c>memfd-v1</c> of Linux 6.19 and 7.0, <c>memfd-v2</c> of 7.2.</summary>
    public const string Memfds = """
        memfd-v1 field 0000 8 u64 Position
        memfd-v1 field 0008 8 u64 Size
        memfd-v1 field 0016 8 u64 FolioCount
        memfd-v1 field 0024 16 vmalloc Folios
        memfd-v1 field 0024[] 16 struct Folios[]
        memfd-v1 field 0024[].0000 8 u64 Folios[].Word
        memfd-v1 field 0024[].0008 8 u64 Folios[].Index
        memfd-v1 handler memory 40
        memfd-v2 field 0000 8 u64 Position
        memfd-v2 field 0008 8 u64 Size
        memfd-v2 field 0016 4 u32 Seals
        memfd-v2 field 0020 4 u32 Flags
        memfd-v2 field 0024 8 u64 FolioCount
        memfd-v2 field 0032 16 vmalloc Folios
        memfd-v2 field 0032[] 16 struct Folios[]
        memfd-v2 field 0032[].0000 8 u64 Folios[].Word
        memfd-v2 field 0032[].0008 8 u64 Folios[].Index
        memfd-v2 handler memory 48
        memfd-v2 retrieves memfd-v1
        memfd-v2 value 0016 1 Seals.Seal
        memfd-v2 value 0016 2 Seals.Shrink

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("luo-abi-tests-");

    public string Path => _folder.FullName;

    public string GetPath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a lock file with these lines.</summary>
    public string WriteLock(string name, string lines) => WriteText(name, Header + lines);

    public string WriteText(string name, string text)
    {
        File.WriteAllText(GetPath(name), text);
        return GetPath(name);
    }

    /// <summary>Writes an assembly as the generator would make it.</summary>
    public string WriteAssembly(string name, params (string Compatible, string Description)[] strings)
    {
        ConstructorInfo constructor = typeof(LiveUpdateAbiAttribute).GetConstructors().Single();
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        foreach ((string compatible, string description) in strings)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [compatible, LiveUpdateAbiKind.FileHandler, description]));
        assembly.DefineDynamicModule(name);
        assembly.Save(GetPath(name + ".dll"));
        return GetPath(name + ".dll");
    }

    public string Read(string name) => File.ReadAllText(GetPath(name));

    public void Dispose() => _folder.Delete(recursive: true);
}
