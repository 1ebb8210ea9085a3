using LuoHandlers.Generator.Binding;

namespace LuoHandlers.Generator.Model;

/// <summary>Turns a bound handler into a model that holds on to no symbol.</summary>
internal static class HandlerModelFactory
{
    /// <summary>Makes the model of a handler that was bound without errors.</summary>
    public static HandlerModel Create(BoundHandler handler)
    {
        // An FLB with errors has none of the generated part that a link needs; the analyzers speak of it.
        UsedFlb[] flbs = [.. handler.Flbs.Where(flb => flb.ObjectType is not null)];
        return new HandlerModel(
            HintName.Create(handler.Type),
            SymbolModels.GetDisplayName(handler.Type),
            SymbolModels.FullyQualify(handler.Type),
            SymbolModels.GetNamespace(handler.Type),
            SymbolModels.Declare(handler.Type),
            handler.Compatible ?? throw new ArgumentException("The handler has no compatible string.", nameof(handler)),
            SymbolModels.Refer(handler.FileType ?? throw new ArgumentException("The handler has no file type.", nameof(handler))),
            handler.StateType is { } state ? SymbolModels.Refer(state) : null,
            handler.PrivateDataType is { } privateData ? SymbolModels.Refer(privateData) : null,
            flbs.Select(flb => new UsedFlbModel(SymbolModels.FullyQualify(flb.Type))).ToEquatableArray(),
            handler.IsConstructible,
            SymbolModels.Create(handler.Callbacks, flbs),
            handler.Upgrades.OrderBy(upgrade => upgrade.Compatible, StringComparer.Ordinal).Select(Create).ToEquatableArray());
    }

    private static UpgradeModel Create(BoundUpgrade upgrade) => new(
        upgrade.Compatible,
        Identifier.Escape(upgrade.Method.Name),
        SymbolModels.Refer(upgrade.OldStateType ?? throw new ArgumentException("The upgrade has no old state.", nameof(upgrade))),
        upgrade.Returns,
        SymbolModels.Create(upgrade.Parameters, []));
}
