using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>What calls of the runtime do to memory that is handed over.</summary>
internal static class KhoCalls
{
    private static readonly string[] ReleasingNames =
        ["Unpreserve", "Unfreeze", "RestoreFree", "Restore", "Free", "Release", "Dispose", "Undo", "Rollback", "RollBack", "Revert", "Cancel", "Put"];

    /// <summary>Whether the call preserves memory that the caller has to give up again.</summary>
    public static bool PreservesMemory(this IInvocationOperation call) => PreservesMemory(call.TargetMethod);

    /// <summary>Whether the method preserves memory that the caller has to give up again.</summary>
    public static bool PreservesMemory(IMethodSymbol method) =>
        (method.Name is "Preserve" or "AllocatePreserved" && IsKho(method.ContainingType))
        || (method.Name == "AllocatePreserved" && IsVmallocArray(method.ContainingType));

    /// <summary>Whether the call preserves memory that a scope gives up again, unless it is committed.</summary>
    public static bool PreservesInScope(this IInvocationOperation call) =>
        call.TargetMethod.Name is "Preserve" or "AllocatePreserved" && IsScope(call.TargetMethod.ContainingType);

    /// <summary>Whether the call pins the contents of a memfd.</summary>
    public static bool FreezesMapping(this IInvocationOperation call) =>
        call.TargetMethod.Name == "FreezeMapping" && call.TargetMethod.ContainingType.HasMetadataName("LuoHandlers.Vfs.Memfd");

    /// <summary>Whether the call takes something that is there until it is given up.</summary>
    public static bool Takes(this IInvocationOperation call) => call.PreservesMemory() || call.FreezesMapping();

    /// <summary>Whether the call finds inherited memory, and fails if it is not there any more.</summary>
    public static bool FindsInherited(this IInvocationOperation call) =>
        call.TargetMethod.Name == "FindInherited" && (IsKho(call.TargetMethod.ContainingType) || IsVmallocArray(call.TargetMethod.ContainingType));

    /// <summary>Whether the call uses inherited memory up.</summary>
    public static bool ConsumesInherited(this IInvocationOperation call) =>
        (call.TargetMethod.Name is "Restore" or "RestoreFree" && IsKho(call.TargetMethod.ContainingType))
        || (call.TargetMethod.Name == "RestoreFree" && IsVmallocArray(call.TargetMethod.ContainingType));

    /// <summary>Whether the call takes into use what it finds right there.</summary>
    public static bool RestoresFound(this IInvocationOperation call) => call.TargetMethod.Name == "Restore" && call.ConsumesInherited()
        && call.Arguments.FirstOrDefault()?.Value.Unwrap() is IInvocationOperation found && found.FindsInherited();

    /// <summary>Whether the value is a folio of inherited memory that was taken into use: the call that did it, or the local that it was put into.</summary>
    public static bool IsRestored(this IOperation value)
    {
        IOperation? made = value.FindVariable() is ILocalSymbol local ? value.FindRoot().FindOnlyValue(local)?.Unwrap() : value.Unwrap();
        return made is IInvocationOperation { TargetMethod.Name: "Restore" } call && call.ConsumesInherited();
    }

    /// <summary>Whether the call may give something up: by its name, as methods of authors do too.</summary>
    public static bool MayRelease(this IInvocationOperation call) => MayRelease(call.TargetMethod);

    /// <summary>Whether the method may give something up, by its name.</summary>
    // A first word: "FreeAll", but not "Freeze".
    public static bool MayRelease(IMethodSymbol method) => ReleasingNames.Any(each =>
        method.Name.StartsWith(each, StringComparison.Ordinal) && (method.Name.Length == each.Length || !char.IsLower(method.Name[each.Length])));

    /// <summary>Whether the call gives memory that is handed over to a method of the author, which may do anything with it.</summary>
    public static bool GetsPreserved(this IInvocationOperation call) =>
        !call.TargetMethod.ContainingType.IsOfRuntime()
        && call.TargetMethod.MethodKind != MethodKind.LocalFunction
        && call.Arguments.Any(argument => argument.Value.Unwrap().Type is INamedTypeSymbol type
            && (type.HasMetadataName("LuoHandlers.Kho.KhoRange") || IsVmallocArray(type))
            && argument.Parameter?.RefKind != RefKind.Out)
        && !IsCollection(call.TargetMethod.ContainingType);

    /// <summary>Whether the call gives up memory of another kind than what was taken: an array is not given up by what gives a range up, nor either by the other's.</summary>
    public static bool ReleasesOther(this IInvocationOperation call, IOperation taking)
    {
        bool isArray = IsVmallocArray(call.TargetMethod.ContainingType);
        if (!isArray && !IsKho(call.TargetMethod.ContainingType))
            return false;
        return taking is not IInvocationOperation taken
            || !(isArray ? IsVmallocArray(taken.TargetMethod.ContainingType) : IsKho(taken.TargetMethod.ContainingType));
    }

    /// <summary>Whether the call looks for inherited memory, which may not be there.</summary>
    public static bool TriesInherited(this IInvocationOperation call) => call.TargetMethod.Name == "TryFindInherited" && IsKho(call.TargetMethod.ContainingType);

    /// <summary>Whether the call is one of Kexec Handover's, or of an array in its memory.</summary>
    public static bool IsOfKho(this IInvocationOperation call) => IsKho(call.TargetMethod.ContainingType) || IsVmallocArray(call.TargetMethod.ContainingType);

    /// <summary>Whether the call is one of an array in memory that is handed over.</summary>
    public static bool IsOfArray(this IInvocationOperation call) => IsVmallocArray(call.TargetMethod.ContainingType);

    /// <summary>The call that found what this one uses up; null if that can't be seen.</summary>
    public static IInvocationOperation? FindSource(this IInvocationOperation consuming)
    {
        IOperation? thing = (consuming.IsOfArray() ? consuming.Instance : consuming.Arguments.FirstOrDefault()?.Value)?.Unwrap();
        if (thing is not ILocalReferenceOperation { Local: var local })
            return thing as IInvocationOperation;
        IOperation body = consuming.FindRoot();
        return (body.FindInitialValue(local)?.Unwrap() ?? body.Descendants().OfType<IDeclarationExpressionOperation>()
            .FirstOrDefault(declaration => declaration.Expression.Refers(local))?.Parent?.Parent) as IInvocationOperation;
    }

    /// <summary>What the memory is found by, as a number.</summary>
    public static IOperation? FindAddress(this IInvocationOperation finding)
    {
        IOperation? address = finding.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "address" or "descriptor")?.Value.Unwrap();
        return address is IObjectCreationOperation { Arguments.Length: 1 } made ? made.Arguments[0].Value.Unwrap() : address;
    }

    /// <summary>Whether Kexec Handover itself is given to somebody, who may then do anything with its memory.</summary>
    public static bool PassesKho(this IArgumentOperation argument) => argument.Value.Unwrap().Type is INamedTypeSymbol type && IsKho(type);

    /// <summary>Whether the call leaves to a scope what is to be done on failure.</summary>
    public static bool RegistersRollback(this IInvocationOperation call) =>
        call.TargetMethod.Name == "OnRollback" && IsScope(call.TargetMethod.ContainingType);

    private static bool IsKho(INamedTypeSymbol type) =>
        type.HasMetadataName(WellKnownTypeNames.IKho) || type.HasMetadataName("LuoHandlers.Kho.KexecHandover");

    // What a list is given it keeps.
    private static bool IsCollection(INamedTypeSymbol type) => type.AllInterfaces.Any(each => each.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsScope(INamedTypeSymbol type) => type.HasMetadataName("LuoHandlers.Kho.PreservationScope");

    private static bool IsVmallocArray(INamedTypeSymbol type) =>
        type is { Name: "KhoVmallocArray", Arity: 1, ContainingNamespace: { Name: "Kho", ContainingNamespace.Name: "LuoHandlers" } };
}
