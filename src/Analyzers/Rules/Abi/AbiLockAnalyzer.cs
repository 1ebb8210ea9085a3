using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3100 to LUO3111: what handlers and FLBs hand over must stay what the lock files of the project say.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbiLockAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. AbiCheck.Descriptors, .. LockFaults.Descriptors];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            Compilation compilation = start.Compilation;
            if (compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                return;
            AnalyzerOptions options = start.Options;
            CancellationToken cancellationToken = start.CancellationToken;
            var catalog = new Lazy<AbiCatalog>(() => AbiCatalog.Create(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
            var abiLock = new Lazy<AbiLock>(() => AbiLock.Read(options, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (AbiCatalog.IsOwner((INamedTypeSymbol)symbol.Symbol))
                        new AbiCheck(catalog.Value, abiLock.Value, compilation, symbol.ReportDiagnostic).CheckOwner((INamedTypeSymbol)symbol.Symbol);
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (LockText file in new[] { abiLock.Value.Shipped, abiLock.Value.Unshipped }.OfType<LockText>())
                {
                    LockFaults.Report(file, abiLock.Value, end.ReportDiagnostic);
                    new AbiCheck(catalog.Value, abiLock.Value, compilation, end.ReportDiagnostic).CheckFile(file);
                }
            });
        });
    }
}
