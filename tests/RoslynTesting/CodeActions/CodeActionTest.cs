using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A test of what changes code: a fix or a refactoring.</summary>
public abstract class CodeActionTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    protected CodeActionTest() => FixedState = new SolutionState(DefaultTestProjectName, Language, DefaultFilePathPrefix, DefaultFileExt);

    /// <summary>Adds a source to <see cref="FixedState"/>.</summary>
    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    /// <summary>What the actions lead to; when nothing is said, they must not change anything.</summary>
    public SolutionState FixedState { get; }

    /// <summary>Which of the offered actions is taken; the first by default.</summary>
    public int? CodeActionIndex { get; set; }

    public string? CodeActionEquivalenceKey { get; set; }

    public Action<CodeAction, IVerifier>? CodeActionVerifier { get; set; }

    public CodeActionValidationMode CodeActionValidationMode { get; set; } = CodeActionValidationMode.SemanticStructure;

    /// <summary>The offer that is meant; none if it is not among them.</summary>
    private protected IReadOnlyList<TOffer> Choose<TOffer>(IEnumerable<TOffer> offers, Func<TOffer, CodeAction> getAction, IVerifier verifier)
    {
        var wanted = offers.Where(offer => CodeActionEquivalenceKey is null || getAction(offer).EquivalenceKey == CodeActionEquivalenceKey).ToList();
        int index = CodeActionIndex ?? 0;
        if (index >= wanted.Count)
            return [];
        CodeActionVerifier?.Invoke(getAction(wanted[index]), verifier);
        return [wanted[index]];
    }

    private protected async Task<Solution> ApplyAsync(Solution before, CodeAction action, IVerifier verifier, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        foreach (DocumentId id in changed.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments().Concat(project.GetAddedDocuments())).ToList())
        {
            Document document = changed.GetDocument(id)!;
            await VerifyTreeAsync(document, verifier.PushContext($"Syntax of '{document.FilePath}'"), cancellationToken).ConfigureAwait(false);
            // What comes next sees what a compiler would: the text, parsed.
            changed = changed.WithDocumentText(id, SourceText.From((await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString(), System.Text.Encoding.UTF8));
        }
        return changed;
    }

    private async Task VerifyTreeAsync(Document document, IVerifier verifier, CancellationToken cancellationToken)
    {
        if (CodeActionValidationMode == CodeActionValidationMode.None)
            return;
        SyntaxNode built = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        // A full parse: an incremental one may keep the very nodes that are in question.
        SyntaxNode parsed = await CSharpSyntaxTree.ParseText(
            built.ToFullString(), (CSharpParseOptions)document.Project.ParseOptions!, cancellationToken: cancellationToken)
            .GetRootAsync(cancellationToken).ConfigureAwait(false);
        bool withTrivia = CodeActionValidationMode == CodeActionValidationMode.Full;
        verifier.SequenceEqual(Shape(parsed), Shape(built), message: $"The action built another syntax tree than its text gives:{Environment.NewLine}{built.ToFullString()}");

        IEnumerable<(int, string)> Shape(SyntaxNode root) =>
            root.DescendantNodesAndTokensAndSelf().Select(item => (item.RawKind, item.IsToken ? (withTrivia ? item.ToFullString() : item.ToString()) : string.Empty));
    }

    private protected static async Task<bool> DifferAsync(Solution before, Solution after, CancellationToken cancellationToken) =>
        await ShowAsync(before, cancellationToken).ConfigureAwait(false) != await ShowAsync(after, cancellationToken).ConfigureAwait(false);

    private protected static async Task<string> ShowAsync(Solution solution, CancellationToken cancellationToken)
    {
        List<string> files = [];
        foreach (TextDocument document in solution.Projects.SelectMany(project => project.Documents.Concat(project.AdditionalDocuments).Concat(project.AnalyzerConfigDocuments)))
            files.Add($"{document.Project.Name}: {document.FilePath ?? document.Name}{Environment.NewLine}{await document.GetTextAsync(cancellationToken).ConfigureAwait(false)}");
        return string.Join(Environment.NewLine, files);
    }

    private protected static async Task VerifyFilesAsync(Solution actual, ResolvedSolution expected, IVerifier verifier, CancellationToken cancellationToken)
    {
        foreach (ResolvedProject project in expected.Projects)
        {
            Project fixedProject = FindProject(actual, project.Name);
            await VerifyAsync(fixedProject.Documents, project.Sources).ConfigureAwait(false);
            await VerifyAsync(fixedProject.AdditionalDocuments, project.AdditionalFiles).ConfigureAwait(false);
            await VerifyAsync(fixedProject.AnalyzerConfigDocuments, project.AnalyzerConfigFiles).ConfigureAwait(false);
        }

        async Task VerifyAsync(IEnumerable<TextDocument> documents, ImmutableArray<(string filename, SourceText content)> files)
        {
            var byPath = documents.ToDictionary(document => document.FilePath ?? document.Name);
            verifier.SequenceEqual(files.Select(file => file.filename).Order(StringComparer.Ordinal), byPath.Keys.Order(StringComparer.Ordinal));
            foreach ((string path, SourceText content) in files)
                FileComparison.Verify(path, content, await byPath[path].GetTextAsync(cancellationToken).ConfigureAwait(false), verifier);
        }
    }
}
