namespace LuoHandlers.Generator.Model;

/// <summary>An unexpected exception while one class was bound or written: a mistake in the generator, not in the class.</summary>
internal sealed record TypeFailure(string HintName, string TypeName, string Message);
