using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>Compilations as a strict project makes them: nullable, every warning an error.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    public static CSharpCompilation Create(params string[] sources) => Create("Test.Handlers", LanguageVersion.Latest, sources);

    public static CSharpCompilation Create(string assemblyName, LanguageVersion version, params string[] sources) =>
        CSharpCompilation.Create(
            assemblyName,
            sources.Select((source, index) => Parse(source, $"/src/File{index}.cs", version)),
            References.All,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 9999,
                // Reported for every public type of an author without documentation: not what is tested.
                specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));

    public static SyntaxTree Parse(string source, string path, LanguageVersion version = LanguageVersion.Latest) =>
        CSharpSyntaxTree.ParseText(
            SourceText.From(source, Encoding.UTF8), ParseOptions.WithLanguageVersion(version), path, TestContext.Current.CancellationToken);

    /// <summary>Replaces the text of one file.</summary>
    public static CSharpCompilation Edit(this CSharpCompilation compilation, int file, Func<string, string> edit)
    {
        SyntaxTree tree = compilation.SyntaxTrees[file];
        string before = tree.ToString();
        string after = edit(before);
        Assert.NotEqual(before, after);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(after, Encoding.UTF8)));
    }

    /// <summary>Asserts that there is neither an error nor a warning.</summary>
    public static void AssertCompiles(this Compilation compilation)
    {
        var problems = compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => $"{diagnostic}\n{diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}")
            .ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }
}
