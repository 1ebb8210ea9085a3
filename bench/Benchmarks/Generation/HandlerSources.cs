using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>A project of handlers, one a file, and plain files around them.</summary>
internal static class HandlerSources
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References = ReadReferences();

    /// <summary>Compiles a project, freshly parsed: nothing of it was bound before.</summary>
    public static CSharpCompilation Compile(ProjectShape shape) => CSharpCompilation.Create(
        "Handlers",
        [.. Enumerable.Range(0, shape.OtherFiles).Select(index => Plain(index, "Run")).Concat(Enumerable.Range(0, shape.Handlers).Select(Handler))
            .Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The compilation after an edit that has nothing to do with handlers: a method of a plain file has another name.</summary>
    public static CSharpCompilation EditPlainFile(CSharpCompilation compilation, int edit) => compilation.ReplaceSyntaxTree(
        compilation.SyntaxTrees[0],
        CSharpSyntaxTree.ParseText(Plain(0, string.Create(CultureInfo.InvariantCulture, $"Run{edit}")), ParseOptions));

    private static string Handler(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        using LuoHandlers;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Vfs;

        namespace Handlers;

        public sealed class File{{index}} : LuoFile
        {
            public ulong Position { get; set; }
        }

        [PreservedState]
        public struct State{{index}}
        {
            public ulong Position;
            public ulong Size;
            public uint Seals;
            public uint Flags;
        }

        [LiveUpdateFileHandler("file{{index}}-v1")]
        public sealed partial class Handler{{index}}
        {
            bool CanPreserve(File{{index}} file) => file.Position != 0;

            void Preserve(File{{index}} file, out State{{index}} state, IKho kho) =>
                state = new State{{index}} { Position = file.Position };

            void Unpreserve(File{{index}} file, in State{{index}} state, IKho kho)
            {
            }

            void Freeze(File{{index}} file, ref State{{index}} state) => state.Position = file.Position;

            File{{index}} Retrieve(in State{{index}} state, IKho kho) => new() { Position = state.Position };

            void Finish(File{{index}}? file, in State{{index}} state, RetrieveStatus status, IKho kho)
            {
            }
        }
        """);

    private static string Plain(int index, string method) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        namespace Handlers.Plain;

        [System.Serializable]
        public sealed class Plain{{index}}
        {
            public int Count { get; set; }

            public int {{method}}(int first, int second)
            {
                Count += first;
                return first * second + Count;
            }
        }
        """);

    private static List<MetadataReference> ReadReferences()
    {
        string directory = typeof(HandlerSources).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "ReferencePackDirectory")
            .Value!;
        return
        [
            .. Directory.EnumerateFiles(directory, "*.dll").Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(LiveUpdateFileHandlerAttribute).Assembly.Location),
        ];
    }
}
