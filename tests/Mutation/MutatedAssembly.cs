using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace LuoHandlers.Mutation;

/// <summary>A project compiled with its mutants in it.</summary>
internal static partial class MutatedAssembly
{
    /// <summary>Compiles a project into the folder of the tests, in the place of the real one.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="isMutated">Which files get mutants, by their path in the project.</param>
    /// <param name="tests">The folder where the tests and all that they need are.</param>
    /// <param name="mutants">What is written into the assembly is added here.</param>
    public static void Write(string project, Func<string, bool> isMutated, string tests, List<Mutant> mutants)
    {
        string name = Path.GetFileNameWithoutExtension(Directory.GetFiles(project, "*.csproj").Single());
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        string[] files =
        [
            .. Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(project, file).StartsWith("obj", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            .. Directory.GetFiles(Path.Combine(project, "obj", "Debug", "netstandard2.0"), "*.cs"),
        ];
        var references = Directory.GetFiles(tests, "*.dll").Where(file => Path.GetFileNameWithoutExtension(file) != name && IsManaged(file))
            .Concat(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator))
            .DistinctBy(Path.GetFileName)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true).WithMetadataImportOptions(MetadataImportOptions.All);
        CSharpCompilation original = CSharpCompilation.Create(name, files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parse, file)), references, options);

        HashSet<int> excluded = [];
        int first = mutants.Count;
        while (true)
        {
            mutants.RemoveRange(first, mutants.Count - first);
            CSharpCompilation mutated = original.AddSyntaxTrees(CSharpSyntaxTree.ParseText(MutantSwitch.Source, parse));
            foreach (SyntaxTree tree in original.SyntaxTrees.Where(tree => isMutated(Path.GetRelativePath(project, tree.FilePath))))
            {
                var rewriter = new MutationRewriter(original.GetSemanticModel(tree), Path.GetRelativePath(project, tree.FilePath), mutants, excluded);
                mutated = mutated.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(rewriter.Visit(tree.GetRoot())!.ToFullString(), parse, tree.FilePath));
            }
            using MemoryStream image = new();
            EmitResult result = mutated.Emit(image);
            if (result.Success)
            {
                File.WriteAllBytes(Path.Combine(tests, $"{name}.dll"), image.ToArray());
                mutants.RemoveAll(mutant => excluded.Contains(mutant.Id));
                return;
            }
            // A change that does not compile is no mutant.
            int before = excluded.Count;
            Diagnostic[] errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            foreach (Diagnostic error in errors)
                excluded.UnionWith(FindMutants(error));
            if (excluded.Count == before)
                throw new InvalidOperationException(string.Join(Environment.NewLine, errors.Take(5)));
        }
    }

    private static int[] FindMutants(Diagnostic error) => error.Location.SourceTree is not { } tree
        ? []
        : tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true)
            .AncestorsAndSelf()
            .TakeWhile(node => node is not TypeDeclarationSyntax)
            .Select(node => IsOn().Matches(node.ToString()).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .FirstOrDefault(ids => ids.Length > 0) ?? [];

    private static bool IsManaged(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using System.Reflection.PortableExecutable.PEReader reader = new(stream);
        return reader.HasMetadata;
    }

    [GeneratedRegex(@"Mutants\.Is\((\d+)\)")]
    private static partial Regex IsOn();
}
