using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers;

/// <summary>What is known of how large a member can be.</summary>
internal static class ValueLimits
{
    // Of types whose source is not here, what grows with the data: a port or a month has limits that its type does not tell.
    private static readonly string[] GrowingNames = ["Length", "Count", "Size", "Position", "Offset", "Capacity", "Ticks", "Number", "Value", "Total"];

    private static readonly string[] CheckingNames = ["ThrowIf", "Min", "Clamp", "Assert", "Check", "Validate", "Verify", "Require", "Ensure", "Guard"];

    /// <summary>Whether the type that the member is of may keep it within limits of its own.</summary>
    public static bool MayHave(ISymbol member, CancellationToken cancellationToken)
    {
        if (member is not (IPropertySymbol or IFieldSymbol))
            return false;
        var declarations = member.ContainingType.DeclaringSyntaxReferences;
        return declarations.IsEmpty
            ? !GrowingNames.Any(name => member.Name.EndsWith(name, StringComparison.Ordinal))
            : declarations.Any(reference => SetsLimit(reference.GetSyntax(cancellationToken), member.Name));
    }

    // Where the member gets its value: in a constructor, an initializer or an accessor of its own.
    private static bool SetsLimit(SyntaxNode type, string name) => type.DescendantNodes().Any(node =>
        IsCheck(node)
        && node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } place
        && place switch
        {
            ConstructorDeclarationSyntax or FieldDeclarationSyntax => Mentions(node, name),
            PropertyDeclarationSyntax property => property.Identifier.ValueText == name || (property.Initializer is not null && Mentions(node, name)),
            _ => false,
        });

    private static bool IsCheck(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
            or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression,
        IsPatternExpressionSyntax or SwitchExpressionSyntax or SwitchStatementSyntax => true,
        InvocationExpressionSyntax { Expression: var called } => FindName(called) is { } name && CheckingNames.Any(each => name.StartsWith(each, StringComparison.Ordinal)),
        _ => false,
    };

    private static string? FindName(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    // A parameter of the constructor or a field is called as the member is, but for its first letters.
    private static bool Mentions(SyntaxNode node, string name) => node.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) && string.Equals(token.ValueText.TrimStart('_'), name.TrimStart('_'), StringComparison.OrdinalIgnoreCase));
}
