using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>What a field of a description was described from.</summary>
/// <param name="symbol">The field, or the property or parameter that it is of; of an element, the field that holds or describes the array.</param>
/// <param name="type">Its type.</param>
internal sealed class DescribedField(ISymbol symbol, ITypeSymbol type)
{
    public ISymbol Symbol { get; } = symbol;

    public ITypeSymbol Type { get; } = type;
}
