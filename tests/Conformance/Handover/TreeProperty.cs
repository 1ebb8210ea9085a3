namespace LuoHandlers.Conformance.Handover;

/// <summary>A property of a flattened device tree.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where its value starts, in bytes from the start of the tree.</param>
/// <param name="Value">Its value.</param>
internal sealed record TreeProperty(string Name, int Offset, byte[] Value);
