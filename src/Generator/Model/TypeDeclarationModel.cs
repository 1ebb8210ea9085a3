namespace LuoHandlers.Generator.Model;

/// <summary>A type that the generated file declares another part of.</summary>
/// <param name="Keyword">What it is: <c>class</c>, <c>record struct</c>, …</param>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
internal sealed record TypeDeclarationModel(string Keyword, string Name);
