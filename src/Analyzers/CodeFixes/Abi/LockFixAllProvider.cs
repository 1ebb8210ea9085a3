using System.Collections.Immutable;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.CodeFixes;

/// <summary>Mends all diagnostics of one rule of a project together: they share the lock files.</summary>
/// <param name="title">What is done.</param>
/// <param name="fix">Mends those of a project, by rule and strings.</param>
internal sealed class LockFixAllProvider(string title, Func<Project, string, ImmutableArray<string>, CancellationToken, Task<Solution>> fix) : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
        title,
        cancellationToken => FixAsync(fixAllContext, cancellationToken),
        fixAllContext.CodeActionEquivalenceKey));

    private async Task<Solution> FixAsync(FixAllContext context, CancellationToken cancellationToken)
    {
        Solution solution = context.Solution;
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        foreach (Project project in projects)
        {
            IEnumerable<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            // The key of an action is the rule that it mends.
            var compatibles = diagnostics.Where(diagnostic => diagnostic.Id == context.CodeActionEquivalenceKey)
                .Select(diagnostic => diagnostic.Properties[AbiCheck.CompatibleProperty]!)
                .Distinct()
                .ToImmutableArray();
            if (!compatibles.IsEmpty)
                solution = await fix(solution.GetProject(project.Id)!, context.CodeActionEquivalenceKey!, compatibles, cancellationToken).ConfigureAwait(false);
        }
        return solution;
    }
}
