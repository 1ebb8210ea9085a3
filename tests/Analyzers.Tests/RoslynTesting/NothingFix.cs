using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Says that it can fix, but offers nothing.</summary>
public sealed class NothingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [LowerCaseAnalyzer.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Task.CompletedTask;
}
