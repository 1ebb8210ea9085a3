using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers;

/// <summary>The field that a property without a setter gives, as far as the source of its type shows it.</summary>
internal static class BackingField
{
    // Methods that belong to the beginning or the end of an object.
    private static readonly string[] LifeCycleNames = ["Restore", "Init", "Load", "Open", "Create", "Attach", "Adopt", "Release", "Dispose", "Close", "Deserialize", "Read"];

    /// <summary>Whether everybody can have the field written once the object is there.</summary>
    public static bool IsWrittenLater(IPropertySymbol property, CancellationToken cancellationToken) =>
        property is { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false }
        && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is PropertyDeclarationSyntax declaration
        && FindName(FindGiven(declaration)) is { } name
        && property.ContainingType.GetMembers(name).FirstOrDefault() is IFieldSymbol { IsReadOnly: false, IsConst: false, IsStatic: false, DeclaredAccessibility: Accessibility.Private }
        && property.ContainingType.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node => Writes(node, name) && IsPublicMethod(node)));

    private static ExpressionSyntax? FindGiven(PropertyDeclarationSyntax property)
    {
        if (property.ExpressionBody is { } body)
            return body.Expression;
        AccessorDeclarationSyntax? getter = property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return getter?.ExpressionBody?.Expression
            ?? (getter?.Body is { Statements: { Count: 1 } statements } ? (statements[0] as ReturnStatementSyntax)?.Expression : null);
    }

    private static string? FindName(ExpressionSyntax? expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => member.Identifier.ValueText,
        _ => null,
    };

    private static bool Writes(SyntaxNode node, string name) => node switch
    {
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } => tuple.Arguments.Any(argument => FindName(argument.Expression) == name),
        AssignmentExpressionSyntax assignment => FindName(assignment.Left) == name,
        PostfixUnaryExpressionSyntax postfix => postfix.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression && FindName(postfix.Operand) == name,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression && FindName(prefix.Operand) == name,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => FindName(argument.Expression) == name,
        _ => false,
    };

    private static bool IsPublicMethod(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is MethodDeclarationSyntax method
        && method.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !LifeCycleNames.Any(name => method.Identifier.ValueText.StartsWith(name, StringComparison.Ordinal));
}
