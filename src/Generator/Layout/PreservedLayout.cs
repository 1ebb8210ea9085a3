using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Layout;

/// <summary>Where the bytes of a type lie in memory.</summary>
internal sealed class PreservedLayout(
    ITypeSymbol type, long size, int alignment, ImmutableArray<PreservedField> fields, ImmutableArray<PaddingGap> padding)
{
    /// <summary>The type: a primitive, an enum or a struct.</summary>
    public ITypeSymbol Type { get; } = type;

    /// <summary>The size in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>What its offset in another struct is a multiple of.</summary>
    public int Alignment { get; } = alignment;

    /// <summary>The fields of a struct, in the order of declaration; none of a primitive or an enum.</summary>
    public ImmutableArray<PreservedField> Fields { get; } = fields;

    /// <summary>The bytes that belong to no field, in order; those inside of the fields' own types are not among them.</summary>
    public ImmutableArray<PaddingGap> Padding { get; } = padding;
}
