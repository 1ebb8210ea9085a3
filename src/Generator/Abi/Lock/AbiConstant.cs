namespace LuoHandlers.Abi;

/// <summary>A constant that its author made part of the ABI.</summary>
/// <param name="path">Where it is declared, from the state on, and its name.</param>
/// <param name="type">Its type, as <c>u32</c> or <c>string</c>.</param>
/// <param name="value">Its value, as text.</param>
internal sealed class AbiConstant(string path, string type, string value)
{
    public string Path { get; } = path;

    public string Type { get; } = type;

    public string Value { get; } = value;
}
