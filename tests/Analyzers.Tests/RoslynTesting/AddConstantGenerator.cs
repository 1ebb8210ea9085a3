using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class AddConstantGenerator : IIncrementalGenerator
{
    public const string Source = "internal static class Generated { public const int Number = 1; }\n";

    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterPostInitializationOutput(output => output.AddSource("Generated.g.cs", Source));
}
