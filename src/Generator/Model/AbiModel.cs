using LuoHandlers.Abi;

namespace LuoHandlers.Generator.Model;

/// <summary>What is handed over under a compatible string that the assembly can retrieve.</summary>
/// <param name="Compatible">The compatible string.</param>
/// <param name="Owner">What the string is of.</param>
/// <param name="Description">The facts, with line feeds between them; empty if the layout can't be known.</param>
internal sealed record AbiModel(string Compatible, AbiOwner Owner, string Description);
