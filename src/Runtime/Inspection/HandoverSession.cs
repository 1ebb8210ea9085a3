namespace LuoHandlers.Inspection;

/// <summary>A session that was handed over.</summary>
/// <param name="Name">Its name; bytes that are no UTF-8 appear as replacement characters.</param>
/// <param name="Files">Its files, in the order in which they were preserved.</param>
public sealed record HandoverSession(string Name, IReadOnlyList<HandoverFile> Files);
