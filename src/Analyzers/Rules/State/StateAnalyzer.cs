using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>An analyzer of <c>[PreservedState]</c> structs, each on its own. It does nothing in a compilation that can't have any.</summary>
public abstract class StateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.PreservedStateAttribute).IsEmpty)
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        });
    }

    /// <summary>Analyzes a state.</summary>
    private protected abstract void AnalyzeState(SymbolAnalysisContext context, INamedTypeSymbol state);

    private void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind == TypeKind.Struct && type.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null)
            AnalyzeState(context, type);
    }
}
