using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Silences what is untrue of callbacks: they are used, by generated code, even while that is not written yet; and whether they need the
/// handler object is decided by what they do in the end.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallbackSuppressor : DiagnosticSuppressor
{
    internal static readonly SuppressionDescriptor UnusedMember =
        new("LUOSPR0051", "IDE0051", "LUO calls it: it is a callback of a live-update handler, found by its name");

    internal static readonly SuppressionDescriptor CouldBeStatic =
        new("LUOSPR1822", "CA1822", "It is a callback of a live-update handler, which may be an instance method like the others");

    internal static readonly SuppressionDescriptor UnusedParameter =
        new("LUOSPR0060", "IDE0060", UniformParameters);

    internal static readonly SuppressionDescriptor UnusedParameterOfMethod =
        new("LUOSPR1801", "CA1801", UniformParameters);

    private const string UniformParameters = "It is a parameter of a live-update handler's callback, which may take all that LUO has for it";

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [UnusedMember, UnusedParameter, UnusedParameterOfMethod, CouldBeStatic];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            SuppressionDescriptor descriptor = SupportedSuppressions.First(each => each.SuppressedDiagnosticId == diagnostic.Id);
            bool isParameter = descriptor == UnusedParameter || descriptor == UnusedParameterOfMethod;
            if (IsCallback(context, diagnostic.Location, isParameter))
            {
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }
    }

    private static bool IsCallback(SuppressionAnalysisContext context, Location location, bool isParameter)
    {
        if (location.SourceTree is not { } tree)
            return false;
        SyntaxNode? node = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        SemanticModel model = context.GetSemanticModel(tree);
        for (; node is not null; node = node.Parent)
        {
            if (model.GetDeclaredSymbol(node, context.CancellationToken) is not { } declared)
                continue;
            ISymbol? member = isParameter ? (declared as IParameterSymbol)?.ContainingSymbol : declared;
            return member is IMethodSymbol method && IsCallback(method, context.Compilation, context.CancellationToken);
        }
        return false;
    }

    private static bool IsCallback(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) =>
        FindCallbacks(method.ContainingType, compilation, cancellationToken).Any(callback => SymbolEqualityComparer.Default.Equals(callback.Method, method))
        || IsUpgrade(method);

    private static bool IsUpgrade(IMethodSymbol method) =>
        method.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute) is not null
        && method.ContainingType.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null;

    private static ImmutableArray<BoundCallback> FindCallbacks(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null)
            return compilation.BindHandler(type, cancellationToken).Handler.Callbacks;
        return type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null ? compilation.BindFlb(type, cancellationToken).Flb.Callbacks : [];
    }
}
