namespace LuoHandlers.Generator.Model;

/// <summary>An FLB that a handler depends on, by the fully qualified name of its class.</summary>
internal sealed record UsedFlbModel(string Type);
