using LuoHandlers.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of a fix on code as its users have it: .NET 10, the runtime, nullable, and the generator running.</summary>
public class HandlerRuleFixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public HandlerRuleFixTest()
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
