using LuoHandlers.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of a refactoring on code as its users have it: .NET 10, the runtime, nullable, and the generator running.</summary>
public class HandlerRefactoringTest<TRefactoring> : CSharpCodeRefactoringTest<TRefactoring, DefaultVerifier>
    where TRefactoring : CodeRefactoringProvider, new()
{
    public HandlerRefactoringTest()
    {
        ReferenceAssemblies = ReferenceAssemblies.Net.Net100;
        TestState.AdditionalReferences.Add(typeof(LiveUpdateFileHandlerAttribute).Assembly);
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
    }

    protected override CompilationOptions CreateCompilationOptions() =>
        ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable);

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(LiveUpdateHandlerGenerator)];
}
