namespace LuoHandlers.Tool;

/// <summary>Text from an image as it is shown to people: it must not steer their terminal.</summary>
internal static class TerminalText
{
    /// <summary>The text with a replacement character for every control character.</summary>
    public static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\ufffd' : character));
}
