using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>Turns a bound FLB into a model that holds on to no symbol.</summary>
internal static class FlbModelFactory
{
    /// <summary>Makes the model of an FLB that was bound without errors.</summary>
    public static FlbModel Create(BoundFlb flb)
    {
        ITypeSymbol objectType = flb.ObjectType ?? throw new ArgumentException("The FLB has no object type.", nameof(flb));
        return new FlbModel(
            HintName.Create(flb.Type, ".flb"),
            SymbolModels.GetDisplayName(flb.Type),
            SymbolModels.FullyQualify(flb.Type),
            SymbolModels.GetNamespace(flb.Type),
            SymbolModels.Declare(flb.Type),
            flb.Compatible ?? throw new ArgumentException("The FLB has no compatible string.", nameof(flb)),
            SymbolModels.Refer(objectType),
            SymbolModels.FindAccessibility(objectType),
            flb.StateType is { } state ? SymbolModels.Refer(state) : null,
            !flb.Type.GetMembers("GetIncoming").IsEmpty,
            !flb.Type.GetMembers("GetOutgoing").IsEmpty,
            SymbolModels.Create(flb.Callbacks, []));
    }
}
