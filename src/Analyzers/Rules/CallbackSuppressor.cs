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

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [UnusedMember, CouldBeStatic];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (IsCallback(context, diagnostic.Location))
            {
                SuppressionDescriptor descriptor = SupportedSuppressions.First(each => each.SuppressedDiagnosticId == diagnostic.Id);
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }
    }

    private static bool IsCallback(SuppressionAnalysisContext context, Location location)
    {
        if (location.SourceTree is not { } tree)
            return false;
        SyntaxNode? node = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        SemanticModel model = context.GetSemanticModel(tree);
        for (; node is not null; node = node.Parent)
        {
            if (model.GetDeclaredSymbol(node, context.CancellationToken) is { } declared)
                return declared is IMethodSymbol method && IsCallback(method, context.CancellationToken);
        }
        return false;
    }

    private static bool IsCallback(IMethodSymbol method, CancellationToken cancellationToken) =>
        CallbackDefinitions.Find(method.Name) is { } definition
        && method.ContainingType.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null
        && HandlerBinder.Bind(method.ContainingType, cancellationToken).Handler.FindCallback(definition.Kind) is { } callback
        && SymbolEqualityComparer.Default.Equals(callback.Method, method);
}
