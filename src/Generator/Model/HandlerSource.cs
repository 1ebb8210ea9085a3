namespace LuoHandlers.Generator.Model;

/// <summary>The file that was written for one handler.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
/// <param name="Registration">How the handler is registered; null if it could not be written.</param>
internal sealed record HandlerSource(string HintName, string Text, HandlerRegistration? Registration);
