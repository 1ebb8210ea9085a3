using LuoHandlers.Abi;

namespace LuoHandlers.CodeFixes;

/// <summary>The state of an older version, written as C# again.</summary>
/// <param name="name">The struct.</param>
/// <param name="declarations">It and the types that it needs, as code.</param>
/// <param name="fields">Its fields, and their types as code.</param>
internal sealed class OldState(string name, IReadOnlyList<string> declarations, IReadOnlyList<(AbiField Field, string Type)> fields)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Declarations { get; } = declarations;

    public IReadOnlyList<(AbiField Field, string Type)> Fields { get; } = fields;
}
