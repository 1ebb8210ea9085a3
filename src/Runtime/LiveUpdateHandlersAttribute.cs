using System.ComponentModel;

namespace LuoHandlers;

/// <summary>
/// Written by the generator: names the class that registers an assembly's handlers, and the compatible strings that they can retrieve.
/// An assembly that references this one finds them here, without reflection at run time.
/// </summary>
/// <param name="registration">The generated class, with a static method <c>Register(Kernel)</c>.</param>
/// <param name="compatibles">The compatible strings of the assembly's handlers, in ordinal order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LiveUpdateHandlersAttribute(Type registration, params string[] compatibles) : Attribute
{
    /// <summary>The generated class that registers the handlers.</summary>
    public Type Registration { get; } = registration;

    /// <summary>The compatible strings, in ordinal order.</summary>
    public IReadOnlyList<string> Compatibles { get; } = compatibles;
}
