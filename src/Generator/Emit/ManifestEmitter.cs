using LuoHandlers.Abi;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes what an assembly can retrieve, for tools that read it without loading the assembly.</summary>
internal static class ManifestEmitter
{
    public const string HintName = "LuoHandlers.Manifest.g.cs";

    public static string Emit(EquatableArray<AbiModel> manifest)
    {
        IndentedWriter writer = GeneratedFile.Begin();
        foreach (AbiModel abi in manifest)
        {
            string kind = $"global::{WellKnownTypeNames.LiveUpdateAbiKind}.{(abi.Owner == AbiOwner.Flb ? "Flb" : "FileHandler")}";
            writer.Line();
            writer.Line($"[assembly: global::{WellKnownTypeNames.LiveUpdateAbiAttribute}({Quote(abi.Compatible)}, {kind},");
            string[] facts = abi.Description.Split('\n');
            for (int i = 0; i < facts.Length; i++)
                writer.Line(i < facts.Length - 1 ? $"    {Quote(facts[i] + "\n")} +" : $"    {Quote(facts[i])})]");
        }
        return writer.ToString();
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
