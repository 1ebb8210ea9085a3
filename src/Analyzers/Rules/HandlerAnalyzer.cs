using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// An analyzer of handler classes. It does nothing in a compilation that can't have any, and in others it looks only at types that have the
/// attribute.
/// </summary>
public abstract class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        });
    }

    /// <summary>Analyzes a handler.</summary>
    private protected abstract void AnalyzeHandler(SymbolAnalysisContext context, HandlerBinding binding);

    private void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null)
            AnalyzeHandler(context, context.Compilation.BindHandler(type, context.CancellationToken));
    }
}
