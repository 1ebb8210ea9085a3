using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Silences what is untrue of the fields of preserved states: they are an ABI, so they are all there is to see; and generated code reads and
/// writes their bytes where no compiler sees it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateFieldSuppressor : DiagnosticSuppressor
{
    private const string HandedOver = "Its bytes are handed over: generated code reads and writes them as a whole";

    internal static readonly SuppressionDescriptor VisibleField =
        new("LUOSPR1051", "CA1051", "The fields of a preserved state are its ABI; there is nothing behind them to hide");

    internal static readonly SuppressionDescriptor NeverUsed = new("LUOSPR0169", "CS0169", HandedOver);

    internal static readonly SuppressionDescriptor NeverRead = new("LUOSPR0414", "CS0414", HandedOver);

    internal static readonly SuppressionDescriptor NeverAssigned = new("LUOSPR0649", "CS0649", HandedOver);

    internal static readonly SuppressionDescriptor UnusedMember = new("LUOSPR0052", "IDE0051", HandedOver);

    internal static readonly SuppressionDescriptor UnreadMember = new("LUOSPR0053", "IDE0052", HandedOver);

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        [UnusedMember, UnreadMember, NeverUsed, NeverRead, NeverAssigned, VisibleField];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is IFieldSymbol { IsStatic: false, IsConst: false } field
                && field.ContainingType.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null)
            {
                SuppressionDescriptor descriptor = SupportedSuppressions.First(each => each.SuppressedDiagnosticId == diagnostic.Id);
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }
    }
}
