namespace LuoHandlers;

/// <summary>
/// Makes a partial property of a class with <see cref="LiveUpdateSessionAttribute"/> the file that the session has under this token. A property
/// whose type is nullable may have no file; any other must have one.
/// </summary>
/// <param name="token">The number by which the next kernel finds the file; unique in the session, and the same in the next program.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenAttribute(ulong token) : Attribute
{
    /// <summary>The token.</summary>
    public ulong Token { get; } = token;
}
