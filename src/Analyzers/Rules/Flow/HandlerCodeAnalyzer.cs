using System.Collections.Concurrent;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// An analyzer of what the callbacks of handlers do. It looks only at handlers that the binder accepts and that compile: of others it is not
/// known what they will do.
/// </summary>
public abstract class HandlerCodeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                start.RegisterSymbolStartAction(StartType, SymbolKind.NamedType);
        });
    }

    /// <summary>Analyzes the code of a handler.</summary>
    private protected abstract void AnalyzeCode(HandlerCode code, Action<Diagnostic> report);

    private void StartType(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null)
            return;
        var bodies = new ConcurrentDictionary<IMethodSymbol, IBlockOperation>(SymbolEqualityComparer.Default);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is IMethodSymbol method
                && block.OperationBlocks.OfType<IBlockOperation>().FirstOrDefault() is { } body)
                bodies[method] = body;
        });
        context.RegisterSymbolEndAction(end =>
        {
            HandlerBinding binding = HandlerBinder.Bind(type, end.CancellationToken);
            if (!binding.IsValid)
                return;
            var code = new HandlerCode(binding.Handler, bodies, end.Compilation, end.CancellationToken);
            if (code.IsKnown)
                AnalyzeCode(code, end.ReportDiagnostic);
        });
    }
}
