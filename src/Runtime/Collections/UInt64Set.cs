namespace LuoHandlers.Collections;

/// <summary>
/// A set of numbers. A dictionary whose values are references is compiled ahead of time with .NET itself; a set of numbers would be compiled
/// in each program that starts, between the jump and the first file that is back.
/// </summary>
internal sealed class UInt64Set
{
    private readonly Dictionary<ulong, object?> _numbers = [];

    /// <summary>The numbers, in no order.</summary>
    public IEnumerable<ulong> Numbers => _numbers.Keys;

    /// <summary>Adds a number.</summary>
    /// <returns>False: it is there already.</returns>
    public bool Add(ulong number) => _numbers.TryAdd(number, null);

    /// <summary>Removes a number, if it is there.</summary>
    public void Remove(ulong number) => _numbers.Remove(number);
}
