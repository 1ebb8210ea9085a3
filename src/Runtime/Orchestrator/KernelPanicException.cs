namespace LuoHandlers.Orchestrator;

/// <summary>The emulated kernel panicked at boot, as Linux does when what was handed over is not what it expects. All state is lost.</summary>
/// <param name="message">What was found, and where.</param>
public sealed class KernelPanicException(string message) : Exception(message);
