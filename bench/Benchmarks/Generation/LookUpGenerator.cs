using Microsoft.CodeAnalysis;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>The look-ups of LuoHandlers' generator and nothing else: what no generator for three attributes gets below.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LookUpGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (string kind in new[] { "FileHandler", "Flb", "Session" })
        {
            IncrementalValuesProvider<string> names = context.SyntaxProvider.ForAttributeWithMetadataName(
                $"LuoHandlers.LiveUpdate{kind}Attribute",
                static (_, _) => true,
                static (context, _) => context.TargetSymbol.Name);
            context.RegisterSourceOutput(names, static (output, name) => output.AddSource($"{name}.g.cs", ""));
        }
    }
}
