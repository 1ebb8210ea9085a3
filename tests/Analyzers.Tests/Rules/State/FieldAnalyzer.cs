using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Reports at every field what the SDK's analyzers report at some: those can't be loaded into this compiler.</summary>
public sealed class FieldAnalyzer : DiagnosticAnalyzer
{
    public static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
        [.. new[] { "CA1051", "IDE0051", "IDE0052" }.Select(id => new DiagnosticDescriptor(id, "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true))];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            field =>
            {
                foreach (DiagnosticDescriptor descriptor in Descriptors)
                    field.ReportDiagnostic(Diagnostic.Create(descriptor, field.Symbol.Locations[0]));
            },
            SymbolKind.Field);
    }
}
