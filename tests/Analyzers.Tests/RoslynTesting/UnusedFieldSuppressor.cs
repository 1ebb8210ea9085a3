using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Silences the warning about an unused field.</summary>
public sealed class UnusedFieldSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Descriptor = new("TESTSPR1", "CS0169", "It is used elsewhere");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => [Descriptor];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
            context.ReportSuppression(Suppression.Create(Descriptor, diagnostic));
    }
}
