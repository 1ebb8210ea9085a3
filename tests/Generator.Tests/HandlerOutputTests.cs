using System.Text;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>What is generated compiles wherever an author's code does.</summary>
public sealed class HandlerOutputTests
{
    /// <summary>What one handler may add to a build.</summary>
    private const int MaximumByteCount = 4096;

    /// <summary>What each older version that it retrieves may add to that.</summary>
    private const int MaximumByteCountPerUpgrade = 2048;

    public static TheoryData<string> Inputs => HandlerInput.All;

    public static TheoryData<string, LanguageVersion> InputsAndVersions => [.. HandlerInput.All.SelectMany(input =>
        new[] { LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.Latest, LanguageVersion.Preview }
            .Select(version => new TheoryDataRow<string, LanguageVersion>(input.Data, version)))];

    [Theory]
    [MemberData(nameof(InputsAndVersions))]
    public void Output_compiles_without_a_warning_in_every_language_version(string input, LanguageVersion version)
    {
        var run = new GeneratorRun(TestCompilation.Create("Test.Handlers", version, HandlerInput.Read(input)));

        run.Output.AssertCompiles();
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_handler_implements_the_interface_unless_it_is_rejected(string input)
    {
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read(input)));

        INamedTypeSymbol handlerInterface = run.Output.GetTypeByMetadataName(typeof(LuoHandlers.Handlers.ILiveUpdateFileHandler).FullName!)!;
        int annotated = 0;
        foreach (INamedTypeSymbol type in run.Output.GetSymbolsWithName(_ => true, SymbolFilter.Type, TestContext.Current.CancellationToken).Cast<INamedTypeSymbol>())
        {
            if (!type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(LiveUpdateFileHandlerAttribute)))
                continue;
            annotated++;
            Assert.Equal(input != "Rejected", type.AllInterfaces.Contains(handlerInterface, SymbolEqualityComparer.Default));
        }
        Assert.True(annotated > 0);
        Assert.Equal(input == "Rejected" ? 0 : annotated, run.HandlerSources.Length);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Each_handler_costs_at_most_4_KiB_of_source(string input)
    {
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read(input)));

        foreach (GeneratedSourceResult source in run.HandlerSources)
        {
            int byteCount = Encoding.UTF8.GetByteCount(source.SourceText.ToString());
            TestContext.Current.TestOutputHelper?.WriteLine($"{source.HintName}: {byteCount} bytes");
            int upgrades = source.SourceText.ToString().Split("new(\"").Length - 1;
            Assert.True(input != "Upgrades" || upgrades > 0);
            Assert.InRange(byteCount, 1, MaximumByteCount + (upgrades * MaximumByteCountPerUpgrade));
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_is_public_is_documented_and_no_directive_is_without_use(string input)
    {
        Compilation output = new GeneratorRun(TestCompilation.Create(HandlerInput.Read(input))).Output;
        output = output.WithOptions(output.Options.WithSpecificDiagnosticOptions([]));

        Assert.DoesNotContain(
            output.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Id is "CS1591" or "CS8019" && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }
}
