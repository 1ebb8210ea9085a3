using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>
/// The least that a good generator does for the same classes: it looks the attribute up, makes a model of names that compares by value,
/// and writes about a hundred bytes. What LuoHandlers' generator costs is said as a multiple of it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MinimalGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Model> models = context.SyntaxProvider.ForAttributeWithMetadataName(
            "LuoHandlers.LiveUpdateFileHandlerAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (context, _) =>
            {
                var type = (INamedTypeSymbol)context.TargetSymbol;
                return new Model(
                    type.ContainingNamespace.ToDisplayString(),
                    type.Name,
                    string.Join(",", type.GetMembers().OfType<IMethodSymbol>().Select(method => method.Name)));
            });
        context.RegisterSourceOutput(models, static (output, model) => output.AddSource(
            model.Name + ".g.cs",
            SourceText.From($"namespace {model.Namespace}; partial class {model.Name} {{ const string Members = \"{model.Members}\"; }}", Encoding.UTF8)));
    }

    private sealed record Model(string Namespace, string Name, string Members);
}
