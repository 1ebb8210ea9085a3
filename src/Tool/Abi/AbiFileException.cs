namespace LuoHandlers.Tool;

/// <summary>A file does not say what the ABI is.</summary>
/// <param name="path">The file.</param>
/// <param name="fault">What is wrong with it, as the end of a sentence.</param>
internal sealed class AbiFileException(string path, string fault) : Exception($"{path} {fault}");
