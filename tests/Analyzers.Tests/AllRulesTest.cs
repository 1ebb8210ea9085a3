using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of what all analyzers together say of a handler.</summary>
internal sealed class AllRulesTest : HandlerAnalyzerTest<HandlerBindingAnalyzer>
{
    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AllAnalyzers.Create();
}
