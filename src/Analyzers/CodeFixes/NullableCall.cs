using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>Calls that are to be made only if there is an object.</summary>
internal static class NullableCall
{
    /// <summary>Whether nothing needs a value of the call.</summary>
    public static bool IsOptional(InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax };

    /// <summary>The call with <c>?.</c></summary>
    public static ExpressionSyntax Create(InvocationExpressionSyntax call)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        return SyntaxFactory.ConditionalAccessExpression(access.Expression, call.WithExpression(SyntaxFactory.MemberBindingExpression(access.Name)).WithoutLeadingTrivia());
    }
}
