using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3100 to LUO3108: writes into the lock files what the code does: declares, updates, records and retires.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(LockCodeFixProvider),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".txt"])]
[Shared]
public sealed class LockCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        RuleIds.AbiLockMissing, RuleIds.AbiNotDeclared, RuleIds.AbiGone, RuleIds.AbiToReview, RuleIds.AbiDraftDrifted, RuleIds.AbiReaderDropped,
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new LockFixAllProvider("Write the lock files", static async (project, rule, compatibles, cancellationToken) =>
        await LockFiles.MendAsync(project, rule, compatibles, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(AbiCheck.CompatibleProperty, out string? compatible) || compatible is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    FindTitle(diagnostic.Id, compatible),
                    cancellationToken => LockFiles.MendAsync(project, diagnostic.Id, [compatible], cancellationToken),
                    diagnostic.Id),
                diagnostic);
        }
        return Task.CompletedTask;
    }

    private static string FindTitle(string rule, string compatible) => rule switch
    {
        RuleIds.AbiLockMissing => "Add LuoAbi.Shipped.txt and LuoAbi.Unshipped.txt",
        RuleIds.AbiNotDeclared => $"Declare \"{compatible}\" in LuoAbi.Unshipped.txt",
        RuleIds.AbiDraftDrifted => $"Update the draft of \"{compatible}\"",
        RuleIds.AbiToReview => $"Record it for \"{compatible}\" in LuoAbi.Shipped.txt",
        _ => $"Retire \"{compatible}\" for good",
    };
}
