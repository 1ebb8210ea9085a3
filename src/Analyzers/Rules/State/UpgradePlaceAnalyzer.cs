using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3122: an upgrade in a class that is no handler, where nothing calls it. The binder speaks of handlers and FLBs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpgradePlaceAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NoHandler = Rules.MisplacedUpgrade.CreateDescriptor(
        "{0} is in '{1}', which is no handler, so nothing calls it, and LUO has no handler for \"{2}\". Write it in the handler that shall retrieve those files.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NoHandler];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.RetrievesFromAttribute).IsEmpty)
                start.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        });
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        INamedTypeSymbol type = method.ContainingType;
        if (method.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute) is { ConstructorArguments: { Length: 1 } arguments }
            && type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null
            && type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(NoHandler, method.Locations[0], method.Name, type.Name, arguments[0].Value));
        }
    }
}
