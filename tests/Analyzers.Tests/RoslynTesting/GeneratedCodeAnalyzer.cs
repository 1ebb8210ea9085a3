using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Reports in generated code, which nobody can change.</summary>
public sealed class GeneratedCodeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [LowerCaseAnalyzer.Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol => symbol.ReportDiagnostic(Diagnostic.Create(LowerCaseAnalyzer.Descriptor, symbol.Symbol.Locations[0], symbol.Symbol.Name)),
            SymbolKind.NamedType);
    }
}
