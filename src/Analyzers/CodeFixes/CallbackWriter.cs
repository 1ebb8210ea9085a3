using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace LuoHandlers.CodeFixes;

/// <summary>Adds callbacks to a handler class, each where LUO's order puts it among those that are there.</summary>
internal sealed class CallbackWriter(Document document, SemanticModel model, string endOfLine)
{
    private readonly SyntaxGenerator _generator = SyntaxGenerator.GetGenerator(document);
    private readonly SyntaxTrivia _endOfLine = SyntaxFactory.EndOfLine(endOfLine);

    /// <param name="original">The class as the compilation has it.</param>
    /// <param name="declaration">The class to add to: the same, but maybe with other changes in it already.</param>
    /// <param name="handler">What the binder found in it.</param>
    /// <param name="definitions">The callbacks to add.</param>
    public TypeDeclarationSyntax AddCallbacks(
        TypeDeclarationSyntax original, TypeDeclarationSyntax declaration, CallbackTypes handler, IEnumerable<CallbackDefinition> definitions)
    {
        var signature = new CallbackSignature(_generator, model, handler, original.Identifier.SpanStart);
        bool areAccessibilitiesWritten = WritesAccessibilities(original);
        declaration = WithBody(declaration);
        foreach (CallbackDefinition definition in definitions)
        {
            MethodDeclarationSyntax method = Write(definition, signature, handler, areAccessibilitiesWritten);
            declaration = Insert(declaration, method, FindIndex(declaration.Members, definition));
        }
        return declaration;
    }

    private MethodDeclarationSyntax Write(CallbackDefinition definition, CallbackSignature signature, CallbackTypes handler, bool isAccessibilityWritten)
    {
        var method = (MethodDeclarationSyntax)_generator.MethodDeclaration(
            definition.Name,
            signature.CreateParameters(definition),
            returnType: signature.CreateReturnType(definition),
            accessibility: isAccessibilityWritten ? Accessibility.Private : Accessibility.NotApplicable,
            statements: []);
        method = CreateExpression(definition, signature, handler) is { } expression
            ? method
                .WithBody(null)
                .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(expression))
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
                .NormalizeWhitespace(eol: endOfLine)
            : method.NormalizeWhitespace(eol: endOfLine).WithBody(CreateEmptyBody(definition));
        return method.WithTrailingTrivia(_endOfLine).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>What a callback does that can say no or fail; null for one that can't, whose body stays empty.</summary>
    private static ExpressionSyntax? CreateExpression(CallbackDefinition definition, CallbackSignature signature, CallbackTypes handler) => definition.Kind switch
    {
        // Of files of one type, all; but not every file there is, as long as it is not known which.
        CallbackKind.CanPreserve => SyntaxFactory.LiteralExpression(
            handler.FileType is null || handler.FileType.HasMetadataName(WellKnownTypeNames.LuoFile)
                ? SyntaxKind.FalseLiteralExpression
                : SyntaxKind.TrueLiteralExpression),
        CallbackKind.CanFinish => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression),
        CallbackKind.Preserve or CallbackKind.Retrieve or CallbackKind.GetId =>
            SyntaxFactory.ThrowExpression(signature.CreateException("EOPNOTSUPP", $"{definition.Name} is not written yet.")),
        _ => null,
    };

    private BlockSyntax CreateEmptyBody(CallbackDefinition definition)
    {
        bool isFlb = definition.FindParameter(ParameterRole.File) is null;
        string comment = definition.Kind switch
        {
            CallbackKind.Finish when isFlb => "// The last file that depends on the object is finished: give up what was kept for it.",
            CallbackKind.Finish => "// The file's life in the session ends here: give up what was kept for it. If it was never retrieved, there is no file.",
            CallbackKind.Freeze => "// The reboot begins: write here what has changed since Preserve.",
            CallbackKind.Unfreeze => "// Take back here what Freeze changed: LUO asks for it when the reboot fails.",
            _ => "// Undo here what Preserve did: LUO asks for it when the session is closed before the reboot.",
        };
        return SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(_endOfLine),
            default,
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(SyntaxFactory.Comment(comment), _endOfLine));
    }

    private TypeDeclarationSyntax Insert(TypeDeclarationSyntax declaration, MethodDeclarationSyntax method, int index)
    {
        SyntaxList<MemberDeclarationSyntax> members = declaration.Members;
        if (index > 0)
            method = method.WithLeadingTrivia(method.GetLeadingTrivia().Insert(0, _endOfLine));
        if (index < members.Count && !StartsWithBlankLine(members[index]))
            members = members.Replace(members[index], members[index].WithLeadingTrivia(members[index].GetLeadingTrivia().Insert(0, _endOfLine)));
        return declaration.WithMembers(members.Insert(index, method));
    }

    private static bool StartsWithBlankLine(MemberDeclarationSyntax member) =>
        member.GetLeadingTrivia() is { Count: > 0 } leading && leading[0].IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>After the last callback that comes before it, or before the first that comes after it, or at the end.</summary>
    private static int FindIndex(SyntaxList<MemberDeclarationSyntax> members, CallbackDefinition definition)
    {
        int next = members.Count;
        for (int index = members.Count - 1; index >= 0; index--)
        {
            if (members[index] is not MethodDeclarationSyntax method || CallbackDefinitions.Find(method.Identifier.ValueText) is not { } other)
                continue;
            if (other.Kind < definition.Kind)
                return index + 1;
            next = index;
        }
        return next;
    }

    /// <summary>A class without a body, or with one on a single line, gets one to write in.</summary>
    private TypeDeclarationSyntax WithBody(TypeDeclarationSyntax declaration)
    {
        SyntaxToken open = declaration.OpenBraceToken;
        SyntaxToken close = declaration.CloseBraceToken;
        if (declaration.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && open.IsKind(SyntaxKind.None))
        {
            SyntaxTriviaList trailing = declaration.SemicolonToken.TrailingTrivia;
            declaration = declaration.WithSemicolonToken(default);
            SyntaxToken last = declaration.GetLastToken();
            declaration = declaration.ReplaceToken(last, last.WithTrailingTrivia(_endOfLine));
            return declaration
                .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(_endOfLine).WithAdditionalAnnotations(Formatter.Annotation))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(trailing).WithAdditionalAnnotations(Formatter.Annotation));
        }
        if (declaration.Members.Count == 0 && !open.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            SyntaxToken before = open.GetPreviousToken();
            if (!before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
                declaration = declaration.WithOpenBraceToken(open.WithLeadingTrivia(_endOfLine));
            declaration = declaration
                .WithOpenBraceToken(declaration.OpenBraceToken.WithTrailingTrivia(_endOfLine).WithAdditionalAnnotations(Formatter.Annotation))
                .WithCloseBraceToken(close.WithAdditionalAnnotations(Formatter.Annotation));
        }
        return declaration;
    }

    /// <summary>Whether the class writes <c>private</c> where it could leave it out.</summary>
    private static bool WritesAccessibilities(TypeDeclarationSyntax declaration)
    {
        var callbacks = declaration.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => CallbackDefinitions.Find(method.Identifier.ValueText) is not null)
            .ToImmutableArray();
        return callbacks.IsEmpty || callbacks.Any(method => method.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())));
    }
}
