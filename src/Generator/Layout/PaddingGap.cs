using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Layout;

/// <summary>Bytes of a struct that belong to no field.</summary>
internal sealed class PaddingGap(long offset, long size, IFieldSymbol? next)
{
    public long Offset { get; } = offset;

    public long Size { get; } = size;

    /// <summary>The field behind it; null at the end of the struct.</summary>
    public IFieldSymbol? Next { get; } = next;
}
