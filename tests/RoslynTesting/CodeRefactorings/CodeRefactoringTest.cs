using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// A test of a refactoring: asked for at the span that <c>[|…|]</c> marks, it must lead to exactly the expected code, which compiles; without
/// expected code it must not be offered.
/// </summary>
public abstract class CodeRefactoringTest<TVerifier> : CodeActionTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private static readonly DiagnosticDescriptor TriggerSpan =
        new("Refactoring", "The place of the refactoring", "The refactoring is asked for here", "Test", DiagnosticSeverity.Hidden, isEnabledByDefault: true);

    protected abstract IEnumerable<CodeRefactoringProvider> GetCodeRefactoringProviders();

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [];

    protected internal override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => TriggerSpan;

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        TVerifier verifier = new();
        ResolvedSolution before = Resolve(TestState, baseState: null, MarkupMode.Allow, verifier);
        var places = before.Expected.Where(expected => expected.Id == TriggerSpan.Id).ToImmutableArray();
        verifier.True(places.Length == 1, $"Mark one place with [| |]; there are {places.Length}.");
        before = before with { Expected = before.Expected.Remove(places[0]) };
        Solution solution = await VerifyStateAsync(before, verifier.PushContext("Diagnostics of test state"), cancellationToken).ConfigureAwait(false);
        bool isOffered = !FixedState.IsEmpty && !FixedState.HasSameFilesAs(TestState);
        ResolvedSolution after = isOffered ? Resolve(FixedState, TestState, MarkupMode.IgnoreFixable, verifier) : before;
        if (isOffered)
            await VerifyStateAsync(after with { Expected = [.. after.Expected.Where(expected => expected.Id != TriggerSpan.Id)] }, verifier.PushContext("Diagnostics of fixed state"), cancellationToken).ConfigureAwait(false);

        Document document = FindProject(solution, before.Primary.Name).Documents.Single(each => each.FilePath == places[0].Spans[0].Span.Path);
        TextSpan span = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).Lines.GetTextSpan(places[0].Spans[0].Span.Span);
        List<CodeAction> offers = [];
        foreach (CodeRefactoringProvider provider in GetCodeRefactoringProviders())
            await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, span, offers.Add, cancellationToken)).ConfigureAwait(false);
        // One with actions in it only groups them in a menu.
        var chosen = Choose(offers.SelectMany(offer => offer.NestedActions.IsEmpty ? [offer] : offer.NestedActions), offer => offer, verifier);
        verifier.True(chosen.Count > 0 == isOffered, isOffered ? "The refactoring is not offered." : "The refactoring is offered.");
        if (!isOffered)
            return;
        Solution changed = await ApplyAsync(solution, chosen[0], verifier, cancellationToken).ConfigureAwait(false);
        await VerifyFilesAsync(changed, after, verifier, cancellationToken).ConfigureAwait(false);
    }
}
