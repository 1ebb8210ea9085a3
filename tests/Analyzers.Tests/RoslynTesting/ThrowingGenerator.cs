using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class ThrowingGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (_, _) => throw new InvalidOperationException("A mistake in the generator."));
}
