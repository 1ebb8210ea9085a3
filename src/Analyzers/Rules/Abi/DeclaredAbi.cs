using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>A compatible string that the code can retrieve, and what is handed over under it.</summary>
internal sealed class DeclaredAbi(string compatible, INamedTypeSymbol owner, string? retrievedBy, Location location, Func<DescribedAbi?> describe)
{
    // Without lock files nobody asks.
    private readonly Lazy<DescribedAbi?> _described = new(describe, LazyThreadSafetyMode.PublicationOnly);

    public string Compatible { get; } = compatible;

    /// <summary>The handler or FLB.</summary>
    public INamedTypeSymbol Owner { get; } = owner;

    /// <summary>The owner's own string, if this one is an older one that it retrieves, too.</summary>
    public string? RetrievedBy { get; } = retrievedBy;

    /// <summary>Where the string is written.</summary>
    public Location Location { get; } = location;

    /// <summary>What is handed over; null if it can't be known, of which other rules say why.</summary>
    public DescribedAbi? Described => _described.Value;

    public AbiDescription? Description => Described?.Description;

    public CompatibleVersion? Version { get; } = CompatibleVersion.Find(compatible);

    /// <summary>The place of a field in the source, or of what is nearest to it.</summary>
    /// <param name="field">The field; null for the state as a whole.</param>
    /// <param name="compilation">The compilation, in which a diagnostic must lie.</param>
    public Location FindLocation(AbiField? field, Compilation compilation)
    {
        if (Described is not { } described)
            return Location;
        if (field is not null)
        {
            foreach (AbiField each in new[] { field }.Concat(described.Description.Fields.Where(each => Contains(each, field))))
            {
                if (described.Sources.TryGetValue(each, out DescribedField? source) && FindIn(source.Symbol) is { } place)
                    return place;
            }
        }
        return described.StateType is { } state && FindIn(state) is { } declaration ? declaration : Location;

        Location? FindIn(ISymbol symbol) =>
            symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree));
    }

    private static bool Contains(AbiField around, AbiField field) =>
        around == field
        || around.Fields.Any(inner => Contains(inner, field))
        || (around.Element is { } element && Contains(element, field));
}
