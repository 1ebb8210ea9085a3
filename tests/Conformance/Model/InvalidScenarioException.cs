namespace LuoHandlers.Conformance.Model;

/// <summary>A scenario breaks its format, or asks for what the runner or the runtime does not have.</summary>
internal sealed class InvalidScenarioException(string message, Exception? cause = null) : Exception(message, cause);
