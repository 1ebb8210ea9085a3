using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>Changes the modifiers of members, and keeps what stands before the first one: comments and indentation.</summary>
internal static class TypeModifiers
{
    /// <summary>The declaration without the modifiers of these kinds.</summary>
    public static TMember Without<TMember>(TMember declaration, params SyntaxKind[] kinds)
        where TMember : MemberDeclarationSyntax =>
        Change(declaration, modifiers => SyntaxFactory.TokenList(modifiers.Where(modifier => !kinds.Contains(modifier.Kind()))));

    /// <summary>The declaration with this modifier at this place among them.</summary>
    public static TMember With<TMember>(TMember declaration, SyntaxKind kind, int index)
        where TMember : MemberDeclarationSyntax =>
        Change(declaration, modifiers => modifiers.Insert(index, SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space)));

    /// <summary>The declaration with <c>partial</c>, which the language wants last.</summary>
    public static TMember WithPartial<TMember>(TMember declaration)
        where TMember : MemberDeclarationSyntax => With(declaration, SyntaxKind.PartialKeyword, declaration.Modifiers.Count);

    private static TMember Change<TMember>(TMember declaration, Func<SyntaxTokenList, SyntaxTokenList> change)
        where TMember : MemberDeclarationSyntax
    {
        SyntaxToken first = FindFirst(declaration);
        declaration = declaration.ReplaceToken(first, first.WithLeadingTrivia());
        declaration = (TMember)declaration.WithModifiers(change(declaration.Modifiers));
        return declaration.ReplaceToken(FindFirst(declaration), FindFirst(declaration).WithLeadingTrivia(first.LeadingTrivia));
    }

    // Attributes stand before the modifiers, with comments of their own.
    private static SyntaxToken FindFirst(MemberDeclarationSyntax declaration) =>
        declaration.AttributeLists.Count > 0 ? declaration.AttributeLists.Last().GetLastToken().GetNextToken() : declaration.GetFirstToken();
}
