using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LuoHandlers.Runtime.Tests.Manifests;

/// <summary>A folder with small programs, for as long as a test needs it.</summary>
internal sealed class ProgramFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("luohandlers-programs-");

    public ProgramFolder() => File.Copy(typeof(LiveUpdateAbiAttribute).Assembly.Location, GetPath("LuoHandlers.dll"));

    public string GetPath(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a program that retrieves these, with what makes it run beside it.</summary>
    /// <returns>The path that would be executed.</returns>
    public string Create(string name, string source, params string[] references)
    {
        Compile(name, source, references);
        File.WriteAllText(GetPath(name), "#!/bin/false");
        File.WriteAllText(GetPath(name + ".runtimeconfig.json"), "{}");
        return GetPath(name);
    }

    /// <summary>Writes an assembly.</summary>
    public string Compile(string name, string source, params string[] references)
    {
        string[] framework = ["System.Runtime", "System.Private.CoreLib"];
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText("using LuoHandlers;\n" + source)],
            [
                .. framework.Select(assembly => MetadataReference.CreateFromFile(System.Reflection.Assembly.Load(assembly).Location)),
                MetadataReference.CreateFromFile(GetPath("LuoHandlers.dll")),
                .. references.Select(reference => MetadataReference.CreateFromFile(GetPath(reference + ".dll"))),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        EmitResult result = compilation.Emit(GetPath(name + ".dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return GetPath(name + ".dll");
    }

    public static string Accept(string compatible, string description = "", LiveUpdateAbiKind kind = LiveUpdateAbiKind.FileHandler) =>
        $"[assembly: LiveUpdateAbi(\"{compatible}\", LiveUpdateAbiKind.{kind}, \"{description.Replace("\n", "\\n", StringComparison.Ordinal)}\")]\n";

    public void Dispose() => _folder.Delete(recursive: true);
}
