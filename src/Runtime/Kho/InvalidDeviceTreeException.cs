namespace LuoHandlers.Kho;

/// <summary>Bytes that should be a flattened device tree are none.</summary>
/// <param name="fault">What is wrong, and where in the tree.</param>
public sealed class InvalidDeviceTreeException(string fault) : Exception($"This is no valid flattened device tree: {fault}.")
{
    /// <summary>What is wrong, and where in the tree.</summary>
    public string Fault { get; } = fault;
}
