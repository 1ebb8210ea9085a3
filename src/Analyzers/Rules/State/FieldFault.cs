using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Layout;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>What is wrong with a type in a state.</summary>
internal sealed class FieldFault
{
    private FieldFault(FieldFaultKind kind, string reason, string remedy)
    {
        Kind = kind;
        Reason = reason;
        Remedy = remedy;
    }

    public FieldFaultKind Kind { get; }

    /// <summary>What the type is, as a phrase behind its name.</summary>
    public string Reason { get; }

    /// <summary>What to use instead.</summary>
    public string Remedy { get; }

    /// <summary>What is wrong with the type itself, whatever is in it; null if nothing is.</summary>
    public static FieldFault? Find(ITypeSymbol type)
    {
        if (type.IsUnresolved() || type.TypeKind is TypeKind.TypeParameter or TypeKind.Enum)
            return null;
        if (type.IsReferenceType)
            return Reference(DescribeReference(type));
        if (type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return Address("an address in this process");
        return type.SpecialType switch
        {
            SpecialType.System_IntPtr or SpecialType.System_UIntPtr => Address("a number for addresses and handles of this process"),
            SpecialType.System_Boolean => Unspecified("of whose 256 byte values two are valid", "'byte', and check what is retrieved"),
            SpecialType.System_Char => Unspecified("half of a UTF-16 character where LUO's texts are bytes", "'ushort', or 'byte' for ASCII"),
            SpecialType.System_Decimal => Unspecified("whose bytes are .NET's own", "'long' in a fixed unit"),
            SpecialType.System_DateTime => Unspecified("which the runtime lays out as it likes", "'long', in nanoseconds since 1970"),
            SpecialType.None when PreservedLayoutComputer.IsOfFramework(type) => FindInFramework(type),
            _ => null,
        };
    }

    private static FieldFault? FindInFramework(ITypeSymbol type)
    {
        if (PreservedLayoutComputer.IsKnownStruct(type))
            return null;
        if (!type.IsUnmanagedType)
            return Reference("with a reference in it");
        return type.Name switch
        {
            "GCHandle" or "EventRegistrationToken" => Address("a handle of this process"),
            "SpinLock" or "SpinWait" => Address("a lock, held or awaited by threads of this process"),
            _ => Unspecified("whose layout is .NET's own", "fields of fixed-width integers"),
        };
    }

    private static string DescribeReference(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate)
            return "a delegate";
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.Name is "SafeHandle" or "CriticalHandle" or "WaitHandle" && PreservedLayoutComputer.IsOfFramework(each))
                return "a handle of this process";
        }
        return type.Name is "Lock" or "Monitor" or "SemaphoreSlim" or "ReaderWriterLockSlim" && PreservedLayoutComputer.IsOfFramework(type) ? "a lock" : "a reference";
    }

    private static FieldFault Reference(string reason) => new(FieldFaultKind.Reference, reason, string.Empty);

    private static FieldFault Address(string reason) => new(FieldFaultKind.ProcessAddress, reason, string.Empty);

    private static FieldFault Unspecified(string reason, string remedy) => new(FieldFaultKind.UnspecifiedBytes, reason, remedy);
}
