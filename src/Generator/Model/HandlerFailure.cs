namespace LuoHandlers.Generator.Model;

/// <summary>An unexpected exception while one handler was bound or written: a mistake in the generator, not in the handler.</summary>
internal sealed record HandlerFailure(string HintName, string HandlerName, string Message);
