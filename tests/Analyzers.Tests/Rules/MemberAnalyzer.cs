using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Reports IDE0051 and CA1822 at every method, as the SDK's analyzers do at some: those can't be loaded into this compiler.</summary>
public sealed class MemberAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Unused = Create("IDE0051");
    public static readonly DiagnosticDescriptor CouldBeStatic = Create("CA1822");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unused, CouldBeStatic];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            method =>
            {
                if (method.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary })
                    return;
                method.ReportDiagnostic(Diagnostic.Create(Unused, method.Symbol.Locations[0]));
                method.ReportDiagnostic(Diagnostic.Create(CouldBeStatic, method.Symbol.Locations[0]));
            },
            SymbolKind.Method);
    }

    private static DiagnosticDescriptor Create(string id) => new(id, "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
