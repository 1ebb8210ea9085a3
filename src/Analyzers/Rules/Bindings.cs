using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>What the binder says of the handlers and FLBs of a compilation: it is asked once of each, however many rules want to know.</summary>
internal static class Bindings
{
    private static readonly CompilationCache<HandlerBinding> Handlers = new();

    private static readonly CompilationCache<FlbBinding> Flbs = new();

    /// <summary>Binds a handler class of the compilation.</summary>
    public static HandlerBinding BindHandler(this Compilation compilation, INamedTypeSymbol handler, CancellationToken cancellationToken) =>
        Handlers.Of(compilation).GetOrAdd(handler, type => HandlerBinder.Bind(type, cancellationToken));

    /// <summary>Binds an FLB class of the compilation.</summary>
    public static FlbBinding BindFlb(this Compilation compilation, INamedTypeSymbol flb, CancellationToken cancellationToken) =>
        Flbs.Of(compilation).GetOrAdd(flb, type => FlbBinder.Bind(type, cancellationToken));
}
