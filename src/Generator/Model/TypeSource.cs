namespace LuoHandlers.Generator.Model;

/// <summary>The file that was written for one class.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
/// <param name="Abis">What the class retrieves.</param>
/// <param name="Registration">How the handler is registered; null for what is no handler, or could not be written.</param>
internal sealed record TypeSource(string HintName, string Text, EquatableArray<AbiModel> Abis, HandlerRegistration? Registration);
