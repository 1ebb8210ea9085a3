using LuoHandlers.Abi;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>A description and what it was described from.</summary>
internal sealed class DescribedAbi(AbiDescription description, ITypeSymbol? stateType, IReadOnlyDictionary<AbiField, DescribedField> sources)
{
    public AbiDescription Description { get; } = description;

    /// <summary>The state; null if there is none.</summary>
    public ITypeSymbol? StateType { get; } = stateType;

    /// <summary>The symbols of all the fields, also of those in fields.</summary>
    public IReadOnlyDictionary<AbiField, DescribedField> Sources { get; } = sources;
}
