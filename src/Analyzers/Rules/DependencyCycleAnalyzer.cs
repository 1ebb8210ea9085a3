using System.Collections.Concurrent;
using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO2030: handlers whose files depend on each other in a circle.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DependencyCycleAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Cycle = Rules.DependencyCycle.CreateDescriptor(
        "A file of '{0}' depends on a '{1}', and that on it in turn ({2}), but what is depended on must be preserved first: none of them ever is. Remove one of the dependencies.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Cycle];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.DependsOnAttribute).IsEmpty)
                return;
            var handlers = new ConcurrentBag<BoundHandler>();
            start.RegisterSymbolAction(symbol => Collect(symbol, handlers), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => AnalyzeAll(end, [.. handlers]));
        });
    }

    private static void Collect(SymbolAnalysisContext context, ConcurrentBag<BoundHandler> handlers)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.DependsOnAttribute) is not null
            && type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null)
        {
            handlers.Add(context.Compilation.BindHandler(type, context.CancellationToken).Handler);
        }
    }

    private static void AnalyzeAll(CompilationAnalysisContext context, ImmutableArray<BoundHandler> handlers)
    {
        foreach (BoundHandler handler in handlers)
        {
            foreach (BoundDependency dependency in handler.Dependencies)
            {
                if (FindWay(handlers, dependency.FileType, handler) is { } way)
                    context.ReportDiagnostic(Diagnostic.Create(Cycle, dependency.Location, handler.Type.Name, Display.Type(dependency.FileType), Describe(handler, way)));
            }
        }
    }

    /// <summary>The handlers over which a file of the type depends on one of the handler, with that one last; null if it does not. The shortest way.</summary>
    private static ImmutableArray<BoundHandler>? FindWay(ImmutableArray<BoundHandler> handlers, ITypeSymbol from, BoundHandler to)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var ways = new Queue<(ITypeSymbol From, ImmutableArray<BoundHandler> Way)>([(from, [])]);
        while (ways.Count > 0)
        {
            (ITypeSymbol fileType, ImmutableArray<BoundHandler> way) = ways.Dequeue();
            // Of a base type, it may be a file that depends on nothing.
            foreach (BoundHandler handler in handlers.Where(handler => SymbolEqualityComparer.Default.Equals(handler.FileType, fileType)).OrderBy(handler => handler.Type.Name, StringComparer.Ordinal))
            {
                if (SymbolEqualityComparer.Default.Equals(handler.Type, to.Type))
                    return way.Add(handler);
                if (!seen.Add(handler.Type))
                    continue;
                foreach (BoundDependency dependency in handler.Dependencies)
                    ways.Enqueue((dependency.FileType, way.Add(handler)));
            }
        }
        return null;
    }

    private static string Describe(BoundHandler handler, ImmutableArray<BoundHandler> way) =>
        string.Join(" → ", way.Insert(0, handler).Select(each => each.FileType is { } fileType ? Display.Type(fileType) : each.Type.Name));
}
