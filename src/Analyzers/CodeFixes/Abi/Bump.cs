using System.Text;
using LuoHandlers.Abi;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>All that it takes to give what changed a version of its own.</summary>
internal sealed class Bump
{
    private Bump(DeclaredAbi declared, AbiDescription shipped, LiteralExpressionSyntax literal, string compatible, TypeDeclarationSyntax state, ClassDeclarationSyntax handler)
    {
        Declared = declared;
        Shipped = shipped;
        Literal = literal;
        Compatible = compatible;
        State = state;
        Handler = handler;
    }

    public DeclaredAbi Declared { get; }

    public DescribedAbi Described => Declared.Described!;

    /// <summary>What the old version handed over.</summary>
    public AbiDescription Shipped { get; }

    /// <summary>The old string, as it is written.</summary>
    public LiteralExpressionSyntax Literal { get; }

    /// <summary>The new string.</summary>
    public string Compatible { get; }

    /// <summary>The state that changed.</summary>
    public TypeDeclarationSyntax State { get; }

    public ClassDeclarationSyntax Handler { get; }

    /// <summary>What the old state is to be called: <c>DiskStateV2</c>.</summary>
    public string OldStateName { get; private set; } = string.Empty;

    /// <summary>Finds it out; null if there is something that only the author can do.</summary>
    public static Bump? Find(Compilation compilation, AbiCatalog catalog, AbiLock abiLock, string compatible, CancellationToken cancellationToken)
    {
        if (catalog.Find(compatible) is not { RetrievedBy: null, Description.Owner: AbiOwner.FileHandler, Version: { } version, Described: { StateType: INamedTypeSymbol { IsGenericType: false } stateType } } declared
            || abiLock.FindShipped(compatible) is not { Fields.Count: > 0 } shipped
            || FindLiteral(declared, cancellationToken) is not { } literal
            || FindDeclaration(stateType, compilation, cancellationToken) is not { } state
            || literal.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } handler)
        {
            return null;
        }
        string next = version.With(Math.Max(version.Number, abiLock.FindHighestVersion(version.Stem)) + 1);
        if (Encoding.UTF8.GetByteCount(next) > CompatibleBinder.MaximumByteCount)
            return null;
        return new Bump(declared, shipped, literal, next, state, handler) { OldStateName = FindFreeName(stateType, version.Number) };
    }

    private static LiteralExpressionSyntax? FindLiteral(DeclaredAbi declared, CancellationToken cancellationToken) =>
        declared.Location.SourceTree?.GetRoot(cancellationToken).FindNode(declared.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal
            : null;

    private static TypeDeclarationSyntax? FindDeclaration(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && compilation.ContainsSyntaxTree(reference.SyntaxTree)
            ? reference.GetSyntax(cancellationToken) as TypeDeclarationSyntax
            : null;

    private static string FindFreeName(INamedTypeSymbol state, int version)
    {
        INamespaceOrTypeSymbol around = (INamespaceOrTypeSymbol?)state.ContainingType ?? state.ContainingNamespace;
        string stem = $"{state.Name}V{version}";
        string name = stem;
        for (int number = 2; !around.GetMembers(name).IsEmpty; number++)
            name = $"{stem}_{number}";
        return name;
    }
}
