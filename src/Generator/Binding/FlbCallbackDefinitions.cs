using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>The table of an FLB's callbacks, all of them required. A failure is an exception: what succeeds returns the object.</summary>
internal static class FlbCallbackDefinitions
{
    private static readonly ParameterDefinition Object = new(ParameterRole.FlbObject, RefKind.None);
    private static readonly ParameterDefinition Kho = new(ParameterRole.Kho, RefKind.None);
    private static readonly ParameterDefinition ReadState =
        new(ParameterRole.State, RefKind.In, RefKind.None, RefKind.RefReadOnlyParameter);
    private static readonly ParameterDefinition ReadHandle = new(ParameterRole.SerializedData, RefKind.None, RefKind.In);

    /// <summary>All callbacks, in LUO's order.</summary>
    public static ImmutableArray<CallbackDefinition> All { get; } =
    [
        new(
            CallbackKind.Preserve,
            "preserve",
            isRequired: true,
            [ReturnConvention.FlbObject],
            [new(ParameterRole.State, RefKind.Out), new(ParameterRole.SerializedData, RefKind.Out), Kho]),
        new(CallbackKind.Unpreserve, "unpreserve", isRequired: true, [ReturnConvention.Void], [Object, ReadState, ReadHandle, Kho]),
        new(CallbackKind.Retrieve, "retrieve", isRequired: true, [ReturnConvention.FlbObject], [ReadState, ReadHandle, Kho]),
        new(CallbackKind.Finish, "finish", isRequired: true, [ReturnConvention.Void], [Object, ReadState, ReadHandle, Kho]),
    ];
}
