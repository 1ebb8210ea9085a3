namespace LuoHandlers.Conformance.Handover;

/// <summary>The handed-over memory does not have the format that the scenario's kernel writes.</summary>
internal sealed class UnreadableHandoverException(string message) : Exception(message);
