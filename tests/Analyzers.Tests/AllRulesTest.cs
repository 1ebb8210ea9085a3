using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of what all analyzers together say of a handler.</summary>
internal sealed class AllRulesTest : HandlerAnalyzerTest<HandlerBindingAnalyzer>
{
    // What is in a state is no matter to a test of what callbacks do: many write or read a field only where the mistake is. Nor is whether it is locked.
    public AllRulesTest() => DisabledDiagnostics.AddRange([RuleIds.FieldNeverWritten, RuleIds.FieldNeverRead, RuleIds.AbiLockMissing]);

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AllAnalyzers.Create();
}
