using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>The table of all callbacks, in the order of <see cref="CallbackKind"/>.</summary>
internal static class CallbackDefinitions
{
    // Preserve writes what is handed over; freeze may change it, and reads it by reference so that a change can't be lost in a copy.
    private static readonly ParameterDefinition File = new(ParameterRole.File, RefKind.None);
    private static readonly ParameterDefinition Kho = new(ParameterRole.Kho, RefKind.None);
    private static readonly ParameterDefinition Status = new(ParameterRole.RetrieveStatus, RefKind.None);
    private static readonly ParameterDefinition PrivateData = new(ParameterRole.PrivateData, RefKind.None);
    private static readonly ParameterDefinition FlbObject = new(ParameterRole.FlbObject, RefKind.None);
    private static readonly ParameterDefinition ReadState =
        new(ParameterRole.State, RefKind.In, RefKind.None, RefKind.RefReadOnlyParameter);
    private static readonly ParameterDefinition ReadHandle = new(ParameterRole.SerializedData, RefKind.None, RefKind.In);

    /// <summary>All callbacks.</summary>
    /// <remarks>The kernel's can_preserve and get_id get a handler and a file, nothing else; retrieve gets no file and no private data.
    /// An FLB's object is this kernel's until the reboot and the previous one's in retrieve; finish comes too late to be the first to ask for it.</remarks>
    public static ImmutableArray<CallbackDefinition> All { get; } =
    [
        new(CallbackKind.CanPreserve, "can_preserve", isRequired: true, [ReturnConvention.Boolean], [File]),
        new(
            CallbackKind.Preserve,
            "preserve",
            isRequired: true,
            [ReturnConvention.Void, ReturnConvention.Errno],
            [
                File,
                new(ParameterRole.State, RefKind.Out),
                new(ParameterRole.SerializedData, RefKind.Out),
                new(ParameterRole.PrivateData, RefKind.Out),
                FlbObject,
                new(ParameterRole.OutgoingDependency, RefKind.None),
                Kho,
            ]),
        new(
            CallbackKind.Unpreserve,
            "unpreserve",
            isRequired: true,
            [ReturnConvention.Void],
            [File, ReadState, ReadHandle, PrivateData, FlbObject, Kho]),
        new(
            CallbackKind.Freeze,
            "freeze",
            isRequired: false,
            [ReturnConvention.Void, ReturnConvention.Errno],
            [
                File,
                new(ParameterRole.State, RefKind.Ref, RefKind.In, RefKind.RefReadOnlyParameter),
                new(ParameterRole.SerializedData, RefKind.Ref, RefKind.In),
                PrivateData,
                FlbObject,
                Kho,
            ]),
        new(
            CallbackKind.Unfreeze,
            "unfreeze",
            isRequired: false,
            [ReturnConvention.Void],
            [File, ReadState, ReadHandle, PrivateData, FlbObject, Kho]),
        new(
            CallbackKind.Retrieve,
            "retrieve",
            isRequired: true,
            [ReturnConvention.File, ReturnConvention.Errno],
            [ReadState, ReadHandle, FlbObject, new(ParameterRole.IncomingDependency, RefKind.None), Kho, new(ParameterRole.File, RefKind.Out)]),
        new(
            CallbackKind.CanFinish,
            "can_finish",
            isRequired: false,
            [ReturnConvention.Boolean],
            [File, ReadState, ReadHandle, Status, Kho]),
        new(
            CallbackKind.Finish,
            "finish",
            isRequired: true,
            [ReturnConvention.Void],
            [File, ReadState, ReadHandle, Status, Kho]),
        new(CallbackKind.GetId, "get_id", isRequired: false, [ReturnConvention.Identity], [File]),
    ];

    private static readonly Dictionary<string, CallbackDefinition> ByName = CreateByName();

    /// <summary>The definition of a callback.</summary>
    public static CallbackDefinition Get(CallbackKind kind) => All[(int)kind];

    /// <summary>The callback that a method of this name is, or null.</summary>
    public static CallbackDefinition? Find(string methodName) =>
        ByName.TryGetValue(methodName, out CallbackDefinition? definition) ? definition : null;

    private static Dictionary<string, CallbackDefinition> CreateByName()
    {
        var byName = new Dictionary<string, CallbackDefinition>();
        foreach (CallbackDefinition definition in All)
            byName.Add(definition.Name, definition);
        return byName;
    }
}
