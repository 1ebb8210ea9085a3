using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LuoHandlers.Runtime.Tests.Architecture;

/// <summary>An assembly made of a few lines, to check the checker with.</summary>
internal static class SmallAssembly
{
    public static PEReader Compile(string source)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Small",
            [CSharpSyntaxTree.ParseText(source)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), MetadataReference.CreateFromFile(ReferenceOf("System.Collections"))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return new PEReader(image);
    }

    private static string ReferenceOf(string assembly) => System.Reflection.Assembly.Load(assembly).Location;
}
