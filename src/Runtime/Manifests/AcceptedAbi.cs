namespace LuoHandlers.Manifests;

/// <summary>A compatible string that a program can retrieve.</summary>
/// <param name="Compatible">The string.</param>
/// <param name="Kind">What it is of.</param>
/// <param name="Description">What is handed over under it, as <see cref="LiveUpdateAbiAttribute.Description"/> has it; empty if that is not known.</param>
public sealed record AcceptedAbi(string Compatible, LiveUpdateAbiKind Kind, string Description);
