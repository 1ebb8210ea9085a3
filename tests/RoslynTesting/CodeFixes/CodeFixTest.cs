using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// A test of a fix: applied to one diagnostic after the other, and by Fix All in each scope, it must lead to exactly the expected code; and
/// that code must compile, with exactly the diagnostics expected in it.
/// </summary>
public abstract class CodeFixTest<TVerifier> : CodeActionTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    protected CodeFixTest() =>
        BatchFixedState = new SolutionState(DefaultTestProjectName, Language, DefaultFilePathPrefix, DefaultFileExt);

    /// <summary>Adds a source to <see cref="BatchFixedState"/>.</summary>
    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    /// <summary>What Fix All leads to, where that is something else.</summary>
    public SolutionState BatchFixedState { get; }

    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    /// <summary>How many fixes it takes; a negative number is a limit. By default, at most one for each diagnostic.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>How often Fix All must be applied; a negative number is a limit. By default, once for each document, project or solution to fix.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    public int? NumberOfFixAllInDocumentIterations { get; set; }

    public int? NumberOfFixAllInProjectIterations { get; set; }

    private protected sealed override IEnumerable<CodeFixProvider> FixProviders => GetCodeFixProviders();

    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        TVerifier verifier = new();
        ResolvedSolution before = Resolve(TestState, baseState: null, MarkupMode.Allow, verifier);
        Solution solution = await VerifyStateAsync(before, verifier.PushContext("Diagnostics of test state"), cancellationToken).ConfigureAwait(false);

        if (FixProviders.All(provider => provider.FixableDiagnosticIds.IsEmpty))
            return;
        ResolvedSolution after = FixedState.IsEmpty || FixedState.HasSameFilesAs(TestState) ? before : Resolve(FixedState, TestState, MarkupMode.IgnoreFixable, verifier);
        ResolvedSolution afterAll = BatchFixedState.IsEmpty
            ? after
            : Resolve(BatchFixedState, TestState, MarkupMode.IgnoreFixable, verifier);
        if (after != before)
            await VerifyStateAsync(after, verifier.PushContext("Diagnostics of fixed state"), cancellationToken).ConfigureAwait(false);
        if (afterAll != after)
            await VerifyStateAsync(afterAll, verifier.PushContext("Diagnostics of batch fixed state"), cancellationToken).ConfigureAwait(false);

        await VerifyIncrementalAsync(solution, before, after, verifier.PushContext("Fixing one by one"), cancellationToken).ConfigureAwait(false);
        foreach ((FixAllScope scope, CodeFixTestBehaviors skip, int? iterations) in new[]
        {
            (FixAllScope.Document, CodeFixTestBehaviors.SkipFixAllInDocumentCheck, NumberOfFixAllInDocumentIterations ?? NumberOfFixAllIterations),
            (FixAllScope.Project, CodeFixTestBehaviors.SkipFixAllInProjectCheck, NumberOfFixAllInProjectIterations ?? NumberOfFixAllIterations),
            (FixAllScope.Solution, CodeFixTestBehaviors.SkipFixAllInSolutionCheck, NumberOfFixAllIterations),
        })
        {
            if (!CodeFixTestBehaviors.HasFlag(skip))
                await VerifyFixAllAsync(solution, scope, iterations, before, afterAll, verifier.PushContext($"Fix All in {scope}"), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task VerifyIncrementalAsync(
        Solution solution, ResolvedSolution before, ResolvedSolution after, IVerifier verifier, CancellationToken cancellationToken)
    {
        int? limit = NumberOfIncrementalIterations;
        if (limit is null && before.HasSameFilesAs(after))
            limit = 0;
        else if (limit is null)
            limit = -(await FindFixableAsync(solution, cancellationToken).ConfigureAwait(false)).Length;
        await ApplyRepeatedlyAsync(
            solution,
            limit.Value,
            async current =>
            {
                foreach ((Project project, Diagnostic diagnostic) in await FindFixableAsync(current, cancellationToken).ConfigureAwait(false))
                {
                    if (await FindActionAsync(project, diagnostic, verifier, cancellationToken).ConfigureAwait(false) is not { } offer)
                        continue;
                    Solution changed = await ApplyAsync(current, offer.Action, verifier, cancellationToken).ConfigureAwait(false);
                    if (await DifferAsync(current, changed, cancellationToken).ConfigureAwait(false))
                        return changed;
                }
                return null;
            },
            after,
            verifier,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyFixAllAsync(
        Solution solution, FixAllScope scope, int? iterations, ResolvedSolution before, ResolvedSolution after, IVerifier verifier, CancellationToken cancellationToken)
    {
        if (FixProviders.All(provider => provider.GetFixAllProvider()?.GetSupportedFixAllScopes().Contains(scope) != true))
            return;
        int limit = iterations ?? (before.HasSameFilesAs(after) ? 0 : -Math.Max(1, await CountAsync().ConfigureAwait(false)));
        await ApplyRepeatedlyAsync(
            solution,
            limit,
            async current =>
            {
                foreach ((Project project, Diagnostic diagnostic) in await FindFixableAsync(current, cancellationToken).ConfigureAwait(false))
                {
                    if (await FindActionAsync(project, diagnostic, verifier, cancellationToken).ConfigureAwait(false) is not { } offer
                        || offer.Provider.GetFixAllProvider() is not { } fixAllProvider)
                    {
                        continue;
                    }
                    Document document = project.GetDocument(diagnostic.Location.SourceTree)!;
                    FixAllContext context = new(
                        document,
                        offer.Provider,
                        scope,
                        offer.Action.EquivalenceKey,
                        offer.Provider.FixableDiagnosticIds,
                        new FixAllDiagnostics(fixedProject => CollectDiagnosticsAsync(fixedProject, state: null, verifier, cancellationToken)),
                        cancellationToken);
                    CodeAction? action = await fixAllProvider.GetFixAsync(context).ConfigureAwait(false);
                    verifier.True(action is not null, "Fix All is supported, but gives nothing.");
                    Solution changed = await ApplyAsync(current, action!, verifier, cancellationToken).ConfigureAwait(false);
                    if (await DifferAsync(current, changed, cancellationToken).ConfigureAwait(false))
                        return changed;
                }
                return null;
            },
            after,
            verifier,
            cancellationToken).ConfigureAwait(false);

        async Task<int> CountAsync()
        {
            var fixable = await FindFixableAsync(solution, cancellationToken).ConfigureAwait(false);
            return scope switch
            {
                FixAllScope.Document => fixable.Select(item => item.Diagnostic.Location.SourceTree).Distinct().Count(),
                FixAllScope.Project => fixable.Select(item => item.Project.Id).Distinct().Count(),
                _ => 1,
            };
        }
    }

    private async Task ApplyRepeatedlyAsync(
        Solution solution, int limit, Func<Solution, Task<Solution?>> apply, ResolvedSolution after, IVerifier verifier, CancellationToken cancellationToken)
    {
        int iterations = 0;
        while (await apply(solution).ConfigureAwait(false) is { } changed)
        {
            solution = changed;
            iterations++;
            verifier.True(iterations <= Math.Abs(limit), $"More than {Math.Abs(limit)} fixes were needed; after {iterations}:{Environment.NewLine}{await ShowAsync(solution, cancellationToken).ConfigureAwait(false)}");
            if (CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne))
                break;
        }
        if (limit >= 0 && !CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne))
            verifier.True(iterations == limit, $"Expected {limit} fixes, but there were {iterations}.");
        await VerifyFilesAsync(solution, after, verifier, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<(Project Project, Diagnostic Diagnostic)>> FindFixableAsync(Solution solution, CancellationToken cancellationToken)
    {
        var fixableIds = FixProviders.SelectMany(provider => provider.FixableDiagnosticIds).ToImmutableHashSet();
        var fixable = ImmutableArray.CreateBuilder<(Project, Diagnostic)>();
        foreach (Project project in solution.Projects.OrderBy(project => project.Name == DefaultTestProjectName ? 0 : 1))
        {
            foreach (Diagnostic diagnostic in await CollectDiagnosticsAsync(project, state: null, new TVerifier(), cancellationToken).ConfigureAwait(false))
            {
                if (fixableIds.Contains(diagnostic.Id) && !diagnostic.IsSuppressed && project.GetDocument(diagnostic.Location.SourceTree) is not null)
                    fixable.Add((project, diagnostic));
            }
        }
        return fixable.ToImmutable();
    }

    private async Task<(CodeFixProvider Provider, CodeAction Action)?> FindActionAsync(
        Project project, Diagnostic diagnostic, IVerifier verifier, CancellationToken cancellationToken)
    {
        Document document = project.GetDocument(diagnostic.Location.SourceTree)!;
        List<(CodeFixProvider Provider, CodeAction Action)> offers = [];
        foreach (CodeFixProvider provider in FixProviders.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            CodeFixContext context = new(document, diagnostic, (action, _) => offers.Add((provider, action)), cancellationToken);
            await provider.RegisterCodeFixesAsync(context).ConfigureAwait(false);
        }
        return Choose(offers, offer => offer.Action, verifier) is { Count: > 0 } chosen ? chosen[0] : null;
    }
}
