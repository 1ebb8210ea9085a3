using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers;

/// <summary>Finds out which code a file has only in some builds.</summary>
internal static class ConditionalCode
{
    /// <summary>The <c>#if</c>, <c>#elif</c> or <c>#else</c> that the syntax is under, within this declaration; null if there is none.</summary>
    public static DirectiveTriviaSyntax? FindDirective(SyntaxNode syntax, SyntaxNode declaration)
    {
        if (!declaration.ContainsDirectives)
            return null;
        var open = new Stack<DirectiveTriviaSyntax>();
        for (DirectiveTriviaSyntax? directive = declaration.GetFirstDirective(); directive is not null && directive.SpanStart < syntax.SpanStart; directive = directive.GetNextDirective())
        {
            if (directive is ElifDirectiveTriviaSyntax or ElseDirectiveTriviaSyntax or EndIfDirectiveTriviaSyntax && open.Count > 0)
                open.Pop();
            if (directive is BranchingDirectiveTriviaSyntax)
                open.Push(directive);
        }
        return open.Count > 0 ? open.Peek() : null;
    }
}
