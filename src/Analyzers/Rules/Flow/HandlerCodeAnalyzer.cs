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
    private static readonly CompilationCache<HandlerBodies> Known = new();

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

    /// <summary>Whether FLBs are looked at, too: they have four of the callbacks, and the object in place of the file.</summary>
    private protected virtual bool CoversFlbs => false;

    /// <summary>Analyzes the code of a handler.</summary>
    private protected abstract void AnalyzeCode(HandlerCode code, Action<Diagnostic> report);

    private void StartType(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        bool isHandler = type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null;
        if (!isHandler && (!CoversFlbs || type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is null))
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
            if (FindBodies(end, isHandler, bodies) is { IsKnown: true } known)
                AnalyzeCode(new HandlerCode(known, end.CancellationToken), end.ReportDiagnostic);
        });
    }

    private static HandlerBodies? FindBodies(SymbolAnalysisContext context, bool isHandler, ConcurrentDictionary<IMethodSymbol, IBlockOperation> bodies)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var known = Known.Of(context.Compilation);
        // A rule that is turned off for one of the files of a class has seen less of it than others.
        if (known.TryGetValue(type, out HandlerBodies? same) && same.All.Count == bodies.Count)
            return same;
        BoundHandler? handler = isHandler ? Bind(context.Compilation, type, context.CancellationToken) : BindFlb(context.Compilation, type, context.CancellationToken);
        return handler is null ? null : known[type] = new HandlerBodies(handler, bodies);
    }

    private static BoundHandler? Bind(Compilation compilation, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        compilation.BindHandler(type, cancellationToken) is { IsValid: true } binding ? binding.Handler : null;

    // To who looks at the code, an FLB is a handler whose file is the object.
    private static BoundHandler? BindFlb(Compilation compilation, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        compilation.BindFlb(type, cancellationToken) is { IsValid: true, Flb: { } flb }
            ? new(type, flb.Compatible, flb.ObjectType, flb.StateType, flb.UsesSerializedData, null, true, [], [], flb.Callbacks, [])
            : null;
}
