using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Recognizes questions to the machine that the program runs on.</summary>
internal static class MachineTest
{
    /// <summary>What an expression asks of the machine, as it is written; null if it asks nothing.</summary>
    public static string? Find(IOperation expression) => expression.DescendantsAndSelf().FirstOrDefault(AsksMachine)?.Syntax.ToString();

    private static bool AsksMachine(IOperation operation) => operation switch
    {
        IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol } reference => AsksMachine(reference.Member),
        IInvocationOperation call => AsksMachine(call.TargetMethod),
        ISizeOfOperation size => size.TypeOperand.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr,
        _ => false,
    };

    private static bool AsksMachine(ISymbol member) => (member.ContainingType.Name, member.Name) switch
    {
        ("RuntimeInformation", "ProcessArchitecture" or "OSArchitecture" or "IsOSPlatform" or "RuntimeIdentifier") => true,
        ("Environment", "SystemPageSize" or "Is64BitProcess" or "Is64BitOperatingSystem") => IsOfSystem(member),
        ("IntPtr" or "UIntPtr", "Size") => IsOfSystem(member),
        ("BitConverter", "IsLittleEndian") => IsOfSystem(member),
        ("OperatingSystem", var name) => IsOfSystem(member) && name.StartsWith("Is", StringComparison.Ordinal),
        (_, "IsSupported" or "IsHardwareAccelerated") => member.ContainingNamespace is { Name: "X86" or "Arm" or "Wasm" or "Intrinsics" or "Numerics" },
        _ => false,
    };

    private static bool IsOfSystem(ISymbol member) => member.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
