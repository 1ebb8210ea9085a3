using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3003: keeps a <c>bool</c> or a <c>char</c> of a state in an integer, behind a property of the same name, so that its users need not change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedWidthFieldCodeFixProvider))]
[Shared]
public sealed class FixedWidthFieldCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnspecifiedBytes];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root && FindField(root, diagnostic) is { } field
            ? $"Keep '{field.Declaration.Variables[0].Identifier.ValueText}' in a {FindType(field)!.Value.Stored}"
            : null;

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        string endOfLine = NewCode.FindEndOfLine(await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var fields = diagnostics.Select(diagnostic => FindField(root, diagnostic)).OfType<FieldDeclarationSyntax>().Distinct().ToImmutableHashSet();
        return document.WithSyntaxRoot(root.ReplaceNodes(
            fields.Select(field => (TypeDeclarationSyntax)field.Parent!).Distinct(),
            (original, declaration) => declaration.WithMembers(SyntaxFactory.List(original.Members
                .Zip(declaration.Members, (before, after) => before is FieldDeclarationSyntax field && fields.Contains(field) ? Write(field, endOfLine) : [after])
                .SelectMany(members => members)))));
    }

    // A field of its own, that can be written, in a struct: with others in one declaration, or by reference, its users would have to change.
    private static FieldDeclarationSyntax? FindField(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<FieldDeclarationSyntax>() is { Declaration.Variables.Count: 1, AttributeLists.Count: 0, Parent: StructDeclarationSyntax } field
        && FindType(field) is not null
        && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        && !field.Modifiers.Any(SyntaxKind.FixedKeyword)
            ? field
            : null;

    private static (string Stored, string Get, string Set)? FindType(FieldDeclarationSyntax field) => (field.Declaration.Type as PredefinedTypeSyntax)?.Keyword.Kind() switch
    {
        SyntaxKind.BoolKeyword => ("byte", "{0} != 0", "value ? (byte)1 : (byte)0"),
        SyntaxKind.CharKeyword => ("ushort", "(char){0}", "value"),
        _ => null,
    };

    private static IEnumerable<MemberDeclarationSyntax> Write(FieldDeclarationSyntax field, string endOfLine)
    {
        (string stored, string get, string set) = FindType(field)!.Value;
        string name = field.Declaration.Variables[0].Identifier.ValueText;
        string storedName = $"_{char.ToLowerInvariant(name[0])}{name.Substring(1)}";
        if (storedName == name)
            storedName += "Value";
        string indentation = field.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToFullString();
        SyntaxTrivia newLine = SyntaxFactory.EndOfLine(endOfLine);
        MemberDeclarationSyntax storedField = SyntaxFactory.ParseMemberDeclaration($"private {stored} {storedName};")!;
        MemberDeclarationSyntax property = SyntaxFactory.ParseMemberDeclaration(
            $"{field.Modifiers.ToString()} {field.Declaration.Type} {name} {{ readonly get => {string.Format(get, storedName)}; set => {storedName} = {set}; }}".TrimStart())!;
        yield return storedField.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithTrailingTrivia(newLine);
        yield return property.WithLeadingTrivia(field.GetLeadingTrivia()).WithTrailingTrivia(field.GetTrailingTrivia());
    }
}
