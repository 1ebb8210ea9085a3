using System.Composition;
using System.Text;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace LuoHandlers.CodeFixes;

/// <summary><em>Make this class a live-update handler</em>: gives it the attribute, makes it partial, and writes the callbacks that LUO requires.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(MakeHandlerRefactoringProvider))]
[Shared]
public sealed class MakeHandlerRefactoringProvider : CodeRefactoringProvider
{
    private const string ClassSuffix = "Handler";
    private const string FirstVersion = "-v1";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await HandlerPlace.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is { } place
            && place.Declaration.Identifier.Span.Contains(context.Span)
            && CanBecomeHandler(place))
        {
            context.RegisterRefactoring(CodeAction.Create(
                "Make this class a live-update handler", cancellationToken => MakeHandlerAsync(place, cancellationToken), nameof(MakeHandlerRefactoringProvider)));
        }
    }

    private static bool CanBecomeHandler(HandlerPlace place) =>
        place.Model.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).Length > 0
        && place.Type is { IsAbstract: false, IsFileLocal: false }
        && place.Type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null
        && place.Type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is null
        && place.Type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is null
        && !place.Type.IsOrDerivesFrom(WellKnownTypeNames.LuoFile)
        && !place.Type.AllInterfaces.Any(type => type.HasMetadataName(WellKnownTypeNames.ILiveUpdateFileHandler))
        && place.Declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(declaration => declaration.TypeParameterList is null);

    private static async Task<Document> MakeHandlerAsync(HandlerPlace place, CancellationToken cancellationToken)
    {
        string endOfLine = NewCode.FindEndOfLine(await place.Document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var writer = new CallbackWriter(place.Document, place.Model, endOfLine);
        SyntaxNode root = place.Root.ReplaceNodes(
            place.Declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>(),
            (original, declaration) =>
            {
                if (original == place.Declaration)
                    declaration = writer.AddCallbacks(original, declaration, place.Callbacks, place.Callbacks.Missing);
                if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                    declaration = TypeModifiers.WithPartial(declaration);
                return original == place.Declaration ? AddAttribute(declaration, original.Identifier.ValueText, endOfLine) : declaration;
            });
        return await NewCode.FinishAsync(place.Document.WithSyntaxRoot(root), endOfLine, cancellationToken).ConfigureAwait(false);
    }

    // Before the class and behind its comments, on a line of its own.
    private static TypeDeclarationSyntax AddAttribute(TypeDeclarationSyntax declaration, string className, string endOfLine)
    {
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        SyntaxTriviaList indentation = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? [leading.Last()] : [];
        NameSyntax name = SyntaxFactory.ParseName("global::LuoHandlers.LiveUpdateFileHandler").WithAdditionalAnnotations(Simplifier.AddImportsAnnotation, Simplifier.Annotation);
        AttributeSyntax attribute = SyntaxFactory.Attribute(
            name,
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(
                SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(CreateCompatible(className)))))));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(endOfLine));
        declaration = declaration.WithLeadingTrivia(indentation);
        return declaration.WithAttributeLists(declaration.AttributeLists.Insert(0, list));
    }

    /// <summary><c>EventCounterHandler</c> is for <c>event-counter-v1</c>.</summary>
    private static string CreateCompatible(string className)
    {
        string stem = className.Length > ClassSuffix.Length && className.EndsWith(ClassSuffix, StringComparison.Ordinal)
            ? className.Substring(0, className.Length - ClassSuffix.Length)
            : className;
        var text = new StringBuilder();
        for (int index = 0; index < stem.Length; index++)
        {
            char letter = stem[index];
            bool beginsWord = char.IsUpper(letter) && index > 0 && (!char.IsUpper(stem[index - 1]) || (index + 1 < stem.Length && char.IsLower(stem[index + 1])));
            if (beginsWord || letter == '_')
                text.Append('-');
            if (letter is > ' ' and <= '~' and not '_')
                text.Append(char.ToLowerInvariant(letter));
        }
        string name = text.ToString().Trim('-');
        if (name.Length == 0)
            name = "handler";
        return $"{name.Substring(0, Math.Min(name.Length, CompatibleBinder.MaximumByteCount - FirstVersion.Length))}{FirstVersion}";
    }
}
