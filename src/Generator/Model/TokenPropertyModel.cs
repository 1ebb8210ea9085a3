namespace LuoHandlers.Generator.Model;

/// <summary>A property of a typed session, as the generated code declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Modifiers">Its modifiers.</param>
/// <param name="Type">Its type, with nullability; with <c>ref</c> before it, which is wrong.</param>
/// <param name="FileType">The file type.</param>
/// <param name="Token">Its token.</param>
/// <param name="IsOptional">Whether it may have no file.</param>
/// <param name="Getter">The getter's modifiers and keyword; null if there is none, which is wrong.</param>
/// <param name="Setter">The setter's modifiers and keyword; null if there is none, which is wrong.</param>
internal sealed record TokenPropertyModel(
    string Name, string Modifiers, string Type, string FileType, ulong Token, bool IsOptional, string? Getter, string? Setter);
