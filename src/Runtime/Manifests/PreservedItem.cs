namespace LuoHandlers.Manifests;

/// <summary>A file that is handed over, or an FLB, on behalf of a file that depends on it.</summary>
/// <param name="Compatible">Its compatible string.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Session">The session of the file; null if it is not known.</param>
/// <param name="Token">The token of the file; null if it is not known.</param>
/// <param name="Description">What is handed over under the string, as <see cref="LiveUpdateAbiAttribute.Description"/> has it; empty if that is not known.</param>
internal sealed record PreservedItem(string Compatible, LiveUpdateAbiKind Kind, string? Session, ulong? Token, string Description);
