using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// An analyzer of handlers that needs to know the others. It reports at each handler as it is analyzed, not at the end of the compilation,
/// so that an editor shows it while the code is typed; the catalog is made when the first handler asks for it.
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
            var catalog = new Lazy<HandlerCatalog>(() => new HandlerCatalog(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null)
                        AnalyzeHandler(symbol, type, catalog.Value);
                },
                SymbolKind.NamedType);
        });
    }

    /// <summary>Analyzes a handler among the others.</summary>
    private protected abstract void AnalyzeHandler(SymbolAnalysisContext context, INamedTypeSymbol handler, HandlerCatalog catalog);
}
