using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Keeps what many rules ask of the types of a compilation, so that only the first of them works it out. It lives as long as the compilation
/// does, and holds nothing of another one.
/// </summary>
internal sealed class CompilationCache<TValue>
    where TValue : class
{
    private readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<INamedTypeSymbol, TValue>> _compilations = new();

    /// <summary>What is known of the types of a compilation.</summary>
    public ConcurrentDictionary<INamedTypeSymbol, TValue> Of(Compilation compilation) =>
        _compilations.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default));
}
