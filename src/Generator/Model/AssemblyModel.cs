using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Model;

/// <summary>What the generated code depends on in the compilation as a whole.</summary>
internal sealed record AssemblyModel(string Name, LanguageVersion LanguageVersion);
