using LuoHandlers.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of a fix on code as its users have it: .NET 10, the runtime, nullable, and the generator running.</summary>
public class HandlerCodeFixTest<TFix> : CSharpCodeFixTest<HandlerBindingAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public HandlerCodeFixTest()
    {
        ReferenceAssemblies = ReferenceAssemblies.Net.Net100;
        TestState.AdditionalReferences.Add(typeof(LiveUpdateFileHandlerAttribute).Assembly);
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
    }

    public NullableContextOptions Nullable { get; set; } = NullableContextOptions.Enable;

    protected override CompilationOptions CreateCompilationOptions() =>
        ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(Nullable);

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(LiveUpdateHandlerGenerator)];
}
