using System.Reflection;
using System.Runtime.Loader;
using LuoHandlers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>Compiles handlers with what is generated for them, and loads the result into this process.</summary>
internal static class LoadedHandlers
{
    public static ILiveUpdateFileHandler Create(string input, string typeName) =>
        (ILiveUpdateFileHandler)Activator.CreateInstance(Load(HandlerInput.Read(input)).GetType(typeName, throwOnError: true)!)!;

    public static Assembly Load(params string[] sources) => Load(new GeneratorRun(TestCompilation.Create(sources)).Output);

    public static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        // The runtime and this assembly are found in the default context, so that both sides share their types.
        return new AssemblyLoadContext("handlers", isCollectible: true).LoadFromStream(image);
    }
}
