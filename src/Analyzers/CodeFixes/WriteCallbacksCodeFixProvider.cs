using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO2001, LUO6001: writes the callbacks that a handler or an FLB lacks, with the types and names that its other callbacks use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteCallbacksCodeFixProvider))]
[Shared]
public sealed class WriteCallbacksCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MissingCallback, RuleIds.MissingFlbCallback];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await FindAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } found
            ? $"Write {Enumeration.Join(found.Types.Missing.Select(definition => definition.Name))}"
            : null;

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<TypeDeclarationSyntax, CallbackTypes>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await FindAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } found)
                changes[found.Declaration] = found.Types;
        }
        if (changes.Count == 0
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return document;
        }
        string endOfLine = NewCode.FindEndOfLine(await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var writer = new CallbackWriter(document, model, endOfLine);
        root = root.ReplaceNodes(
            changes.Keys,
            (original, declaration) => writer.AddCallbacks(original, declaration, changes[original], changes[original].Missing));
        return await NewCode.FinishAsync(document.WithSyntaxRoot(root), endOfLine, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(TypeDeclarationSyntax Declaration, CallbackTypes Types)?> FindAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || root.FindNode(diagnostic.Location.SourceSpan) is not TypeDeclarationSyntax declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsStatic: false } type)
        {
            return null;
        }
        var types = CallbackTypes.Bind(type, model.Compilation, cancellationToken);
        return types.Missing.IsEmpty ? null : (declaration, types);
    }
}
