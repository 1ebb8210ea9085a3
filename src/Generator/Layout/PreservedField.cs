using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Layout;

/// <summary>A field of a struct and its place.</summary>
internal sealed class PreservedField(IFieldSymbol symbol, long offset, PreservedLayout layout, int elementCount)
{
    public IFieldSymbol Symbol { get; } = symbol;

    /// <summary>The property or the parameter that the field is of, or the field itself: what its author wrote.</summary>
    public ISymbol Declared => Symbol.AssociatedSymbol ?? Symbol;

    public long Offset { get; } = offset;

    /// <summary>The layout of its type, of one element if it is an array in place.</summary>
    public PreservedLayout Layout { get; } = layout;

    /// <summary>How many elements lie in a row: 1 for a plain field, more for a fixed buffer or the field of an inline array.</summary>
    public int ElementCount { get; } = elementCount;

    public long Size => Layout.Size * ElementCount;
}
