using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers;

/// <summary>Which calls surely come before which, by the structure of the code alone: it says so of fewer than there are, never of more.</summary>
internal static class Precedence
{
    /// <summary>
    /// The code that runs only after a call: the rest of the block that the call's statement stands in, or the body of the <c>using</c> that it
    /// opens. Null if the call is in a part of its statement that may not run.
    /// </summary>
    public static SyntaxNode? FindScope(SyntaxNode call)
    {
        SyntaxNode? owner = call.Parent;
        while (owner is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax)
            owner = owner.Parent;
        if (owner is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax assignment })
            owner = assignment;
        if (owner is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } })
        {
            if (declaration.Parent is UsingStatementSyntax opened)
                return opened.Statement;
            owner = declaration.Parent;
        }
        if (owner is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax))
            return null;
        SyntaxNode? block = owner is { Parent: GlobalStatementSyntax global } ? global.Parent : owner.Parent;
        // A jump could pass the call by.
        return block is (BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax) && !block.DescendantNodes().Any(node => node.IsKind(SyntaxKind.LabeledStatement))
            ? block
            : null;
    }

    /// <summary>Whether a call surely comes before another one, which ends behind it in the text.</summary>
    public static bool IsBefore(SyntaxNode first, SyntaxNode second) =>
        FindScope(first) is { } scope
        && scope.Span.Contains(second.Span)
        && FindFunction(first) == FindFunction(second);

    private static SyntaxNode? FindFunction(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);
}
