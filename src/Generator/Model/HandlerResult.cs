namespace LuoHandlers.Generator.Model;

/// <summary>What became of one handler: its model, or the failure to make one. A rejected handler has neither; the analyzers speak of it.</summary>
internal sealed record HandlerResult(HandlerModel? Model, HandlerFailure? Failure);
