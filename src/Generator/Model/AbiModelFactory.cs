using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>Describes what a handler or FLB retrieves: what is handed over under its own compatible string, and under older ones.</summary>
internal static class AbiModelFactory
{
    /// <summary>Describes what a handler retrieves that was bound without errors.</summary>
    public static EquatableArray<AbiModel> Create(BoundHandler handler, Compilation compilation) =>
        Create(AbiOwner.FileHandler, handler.Type, handler.Compatible, AbiDescriber.Describe(handler, compilation), compilation);

    /// <summary>Describes what an FLB retrieves that was bound without errors.</summary>
    public static EquatableArray<AbiModel> Create(BoundFlb flb, Compilation compilation) =>
        Create(AbiOwner.Flb, flb.Type, flb.Compatible, AbiDescriber.Describe(flb, compilation), compilation);

    private static EquatableArray<AbiModel> Create(AbiOwner owner, INamedTypeSymbol type, string? compatible, DescribedAbi? own, Compilation compilation) =>
        RetrievedVersion.FindAll(type)
            .Select(version => Create(owner, version.Compatible, AbiDescriber.Describe(owner, version, compilation)))
            .Prepend(Create(owner, compatible ?? throw new ArgumentException("There is no compatible string.", nameof(compatible)), own))
            .ToEquatableArray();

    private static AbiModel Create(AbiOwner owner, string compatible, DescribedAbi? described) =>
        new(compatible, owner, described is null ? "" : AbiWriter.WriteText(described.Description));
}
