namespace LuoHandlers.Abi;

/// <summary>A member of an enum.</summary>
/// <param name="name">Its name.</param>
/// <param name="number">Its value, in decimal.</param>
internal sealed class AbiValue(string name, string number)
{
    public string Name { get; } = name;

    public string Number { get; } = number;
}
