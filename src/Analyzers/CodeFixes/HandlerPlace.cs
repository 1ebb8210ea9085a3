using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.CodeFixes;

/// <summary>A class at a place in a document, with what is needed to add callbacks to it.</summary>
internal sealed class HandlerPlace
{
    private HandlerPlace(Document document, SyntaxNode root, SemanticModel model, TypeDeclarationSyntax declaration, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        Document = document;
        Root = root;
        Model = model;
        Declaration = declaration;
        Type = type;
        Callbacks = CallbackTypes.Bind(type, model.Compilation, cancellationToken);
    }

    public Document Document { get; }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public TypeDeclarationSyntax Declaration { get; }

    public INamedTypeSymbol Type { get; }

    public CallbackTypes Callbacks { get; }

    /// <summary>The class that is named at the place, or that the place is between the members of; null if there is none that could be a handler.</summary>
    public static async Task<HandlerPlace?> FindAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return null;
        }
        // A callback's name stands for its class as well, but not what the callback does.
        SyntaxNode node = root.FindNode(span);
        TypeDeclarationSyntax? declaration = node is MethodDeclarationSyntax method && method.Identifier.Span.Contains(span)
            ? method.Parent as TypeDeclarationSyntax
            : node as TypeDeclarationSyntax;
        return declaration is ClassDeclarationSyntax or RecordDeclarationSyntax
            && model.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol { TypeKind: TypeKind.Class, IsStatic: false } type
                ? new HandlerPlace(document, root, model, declaration, type, cancellationToken)
                : null;
    }
}
