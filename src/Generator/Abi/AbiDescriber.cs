using LuoHandlers.Abi;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>Describes what is handed over under the compatible strings of handlers and FLBs.</summary>
internal static class AbiDescriber
{
    /// <summary>What a handler hands over; null if the layout of its state can't be known.</summary>
    public static DescribedAbi? Describe(BoundHandler handler, Compilation compilation) =>
        Describe(AbiOwner.FileHandler, handler.StateType, handler.UsesSerializedData, handler.Type, compilation);

    /// <summary>What an FLB hands over; null if the layout of its state can't be known.</summary>
    public static DescribedAbi? Describe(BoundFlb flb, Compilation compilation) =>
        Describe(AbiOwner.Flb, flb.StateType, flb.UsesSerializedData, flb.Type, compilation);

    /// <summary>What an older version hands over; null if the layout of its state can't be known.</summary>
    public static DescribedAbi? Describe(AbiOwner owner, RetrievedVersion version, Compilation compilation) =>
        Describe(owner, version.StateType, false, null, compilation);

    private static DescribedAbi? Describe(AbiOwner owner, ITypeSymbol? state, bool isRaw, INamedTypeSymbol? type, Compilation compilation)
    {
        var describer = new StateDescriber(compilation);
        AbiDescription description;
        if (state is null)
        {
            description = new AbiDescription(owner, isRaw ? AbiHandle.Raw : AbiHandle.None, 0);
        }
        else
        {
            if (describer.Describe(state) is not { } described)
                return null;
            description = new AbiDescription(owner, described.Size <= sizeof(ulong) ? AbiHandle.Inline : AbiHandle.Memory, described.Size)
            {
                Semantics = FindSemantics(state),
            };
            description.Fields.AddRange(described.Fields);
            description.Constants.AddRange(describer.Constants);
        }
        if (type is not null)
            description.Retrieves.AddRange(RetrievedVersion.FindAll(type).Select(version => version.Compatible).Distinct());
        return new DescribedAbi(description, state, describer.Sources);
    }

    private static int FindSemantics(ITypeSymbol state) =>
        state.FindAttribute(WellKnownTypeNames.PreservedStateAttribute)?.NamedArguments
            .FirstOrDefault(argument => argument.Key == "Semantics").Value is { Kind: TypedConstantKind.Primitive, Value: int semantics }
            ? semantics
            : 0;
}
