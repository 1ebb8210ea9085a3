using System.ComponentModel;

namespace LuoHandlers;

/// <summary>
/// Written by the generator, one for each compatible string that an assembly can retrieve: what is handed over under it. Tools read it from
/// the file, without loading the assembly.
/// </summary>
/// <param name="compatible">The compatible string.</param>
/// <param name="kind">What the string is of.</param>
/// <param name="description">The facts that the ABI lock records, one a line, in ordinal order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LiveUpdateAbiAttribute(string compatible, LiveUpdateAbiKind kind, string description) : Attribute
{
    /// <summary>The compatible string.</summary>
    public string Compatible { get; } = compatible;

    /// <summary>What the string is of.</summary>
    public LiveUpdateAbiKind Kind { get; } = kind;

    /// <summary>The facts, with line feeds between them.</summary>
    public string Description { get; } = description;
}
