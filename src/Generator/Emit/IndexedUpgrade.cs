using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>An upgrade and its place among those of its handler, by which generated members are named.</summary>
internal sealed record IndexedUpgrade(UpgradeModel Model, int Index);
