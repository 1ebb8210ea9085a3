using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>The binder and the generator agree: what the binder takes compiles, without a warning; what it rejects has no generated part.</summary>
public sealed class BinderAgreementTests
{
    private const int HandlersPerSeed = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void What_the_binder_takes_compiles_and_what_it_rejects_is_not_generated(int seed)
    {
        var random = new RandomHandler(seed);
        CSharpCompilation compilation = BoundSource.Compile(
            string.Concat(Enumerable.Range(0, HandlersPerSeed).Select(index => random.Write($"H{index}"))));
        // The author's own code compiles: what does not afterwards is the generator's doing.
        compilation.AssertCompiles();
        Assert.Equal(HandlersPerSeed, compilation.GetSymbolsWithName(name => name[0] == 'H', SymbolFilter.Type, TestContext.Current.CancellationToken).Count());

        var run = new GeneratorRun(compilation);

        run.Output.AssertCompiles();
        int valid = 0;
        foreach (INamedTypeSymbol handler in compilation.GetSymbolsWithName(name => name[0] == 'H', SymbolFilter.Type, TestContext.Current.CancellationToken).Cast<INamedTypeSymbol>())
        {
            HandlerBinding binding = HandlerBinder.Bind(handler, TestContext.Current.CancellationToken);
            valid += binding.IsValid ? 1 : 0;
            Assert.Equal(binding.IsValid ? 1 : 0, run.HandlerSources.Count(source => source.HintName.StartsWith(handler.Name + "-", StringComparison.Ordinal)));
        }
        // Enough of both kinds, or the test says nothing.
        Assert.InRange(valid, HandlersPerSeed / 3, HandlersPerSeed - 3);
    }
}
