using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// An analyzer of handlers and FLBs that may need to know the others. It reports at each as it is analyzed, not at the end of the compilation,
/// so that an editor shows it while the code is typed; the catalog is made when somebody first asks for it.
/// </summary>
public abstract class CatalogAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                return;
            Compilation compilation = start.Compilation;
            CancellationToken cancellationToken = start.CancellationToken;
            var catalog = new Lazy<CompatibleCatalog>(() => new CompatibleCatalog(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (CompatibleString.Find((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } compatible)
                        Analyze(symbol, compatible, catalog);
                },
                SymbolKind.NamedType);
        });
    }

    /// <summary>Analyzes a handler or an FLB whose string LUO can store.</summary>
    private protected abstract void Analyze(SymbolAnalysisContext context, CompatibleString compatible, Lazy<CompatibleCatalog> catalog);
}
