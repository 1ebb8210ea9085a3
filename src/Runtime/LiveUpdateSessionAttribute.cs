namespace LuoHandlers;

/// <summary>
/// Makes a partial class a typed session: each property with <see cref="TokenAttribute"/> is one preserved file. The generator implements the
/// properties, <c>Preserve</c>, <c>Retrieve</c>, <c>Finish</c> and <c>Dispose</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LiveUpdateSessionAttribute : Attribute;
