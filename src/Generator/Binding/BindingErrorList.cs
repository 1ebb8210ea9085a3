using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Collects the errors of one handler and finds where each is to be reported.</summary>
internal sealed class BindingErrorList(INamedTypeSymbol handler)
{
    private readonly ImmutableArray<BindingError>.Builder _errors = ImmutableArray.CreateBuilder<BindingError>();

    public bool IsEmpty => _errors.Count == 0;

    public void Add(BindingErrorKind kind, ISymbol symbol, params string[] arguments) => Add(kind, symbol, null, arguments);

    public void Add(BindingErrorKind kind, ISymbol symbol, CallbackDefinition? callback, params string[] arguments) =>
        _errors.Add(new BindingError(kind, symbol, FindLocation(symbol), callback, arguments));

    public void AddAt(Location location, BindingErrorKind kind, ISymbol symbol, params string[] arguments) =>
        _errors.Add(new BindingError(kind, symbol, location, null, arguments));

    public ImmutableArray<BindingError> ToImmutable() => _errors.ToImmutable();

    private Location FindLocation(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource)
        ?? handler.Locations.FirstOrDefault(location => location.IsInSource)
        ?? Location.None;
}
