namespace LuoHandlers.Manifests;

/// <summary>Something that the next program could not take.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Compatible">The compatible string of the file's handler, or of the FLB.</param>
/// <param name="Kind">Whether it is the file itself, or an FLB that the file depends on.</param>
/// <param name="Session">The session of the file; null for an FLB of an image, which does not say whose it is.</param>
/// <param name="Token">The token of the file; null for an FLB of an image.</param>
/// <param name="Difference">What is different in the layouts; null if the string is not accepted at all.</param>
public sealed record PreflightLoss(
    PreflightLossKind Reason, string Compatible, LiveUpdateAbiKind Kind, string? Session, ulong? Token, string? Difference)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string what = Kind == LiveUpdateAbiKind.Flb ? $"the FLB \"{Compatible}\"" : $"\"{Compatible}\"";
        string whose = Session is null ? "" : $" of token {Token} in session \"{Session}\"";
        return Reason == PreflightLossKind.NotAccepted
            ? $"{what}{whose}: the program has nothing that retrieves it"
            : $"{what}{whose}: the program reads another layout ({Difference})";
    }
}
