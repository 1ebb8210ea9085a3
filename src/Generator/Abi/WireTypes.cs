using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>What the types of C# are called where only their bytes matter.</summary>
internal static class WireTypes
{
    private const string KhoVmalloc = "LuoHandlers.Kho.KhoVmalloc`1";

    // Numbers of the kernel that the runtime keeps apart from other numbers.
    private static readonly string[] KernelNumbers = ["LuoHandlers.Memory.PhysicalAddress", "LuoHandlers.Memory.Pfn"];

    /// <summary>The word for a type that is one number; null for all others.</summary>
    public static string? FindNumber(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "u64",
        { SpecialType: SpecialType.System_Boolean or SpecialType.System_Byte } => "u8",
        { SpecialType: SpecialType.System_Char or SpecialType.System_UInt16 } => "u16",
        { SpecialType: SpecialType.System_UInt32 } => "u32",
        { SpecialType: SpecialType.System_UInt64 or SpecialType.System_UIntPtr } => "u64",
        { SpecialType: SpecialType.System_SByte } => "s8",
        { SpecialType: SpecialType.System_Int16 } => "s16",
        { SpecialType: SpecialType.System_Int32 } => "s32",
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_IntPtr } => "s64",
        { SpecialType: SpecialType.System_Single } => "f32",
        { SpecialType: SpecialType.System_Double } => "f64",
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => FindNumber(underlying),
        _ when type.HasMetadataName("System.Guid") => "guid",
        _ when type.HasMetadataName("System.Half") => "f16",
        _ when type.HasMetadataName("System.Int128") => "s128",
        _ when type.HasMetadataName("System.UInt128") => "u128",
        _ when KernelNumbers.Any(name => type.HasMetadataName(name)) => "u64",
        _ => null,
    };

    /// <summary>The type of the elements of an array in preserved pages; null for all types but its descriptor.</summary>
    public static ITypeSymbol? FindVmallocElement(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && type.HasMetadataName(KhoVmalloc) ? arguments[0] : null;
}
