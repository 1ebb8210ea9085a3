namespace LuoHandlers.Inspection;

/// <summary>A file that was handed over.</summary>
/// <param name="Compatible">The compatible string of its handler.</param>
/// <param name="Token">Its token.</param>
/// <param name="Data">Its handle.</param>
/// <param name="Memfd">What the handle leads to, if the file is a memfd; null if it is of another type.</param>
public sealed record HandoverFile(string Compatible, ulong Token, ulong Data, HandoverMemfd? Memfd);
