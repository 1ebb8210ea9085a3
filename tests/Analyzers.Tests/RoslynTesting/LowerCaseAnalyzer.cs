using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>A rule to test the test library with: class names begin with a capital.</summary>
public sealed class LowerCaseAnalyzer : DiagnosticAnalyzer
{
    public const string Id = "TEST1";

    public static readonly DiagnosticDescriptor Descriptor =
        new(Id, "Title", "'{0}' begins with a small letter", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol =>
            {
                if (char.IsLower(symbol.Symbol.Name[0]))
                    symbol.ReportDiagnostic(Diagnostic.Create(Descriptor, symbol.Symbol.Locations[0], symbol.Symbol.Name));
            },
            SymbolKind.NamedType);
    }
}
