namespace LuoHandlers;

/// <summary>
/// Makes a constant of a preserved state, or of a struct in one, part of its ABI: a magic number, a limit, the bits of a word. The ABI lock
/// records its value, and asks for a review when it changes.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class AbiConstantAttribute : Attribute;
