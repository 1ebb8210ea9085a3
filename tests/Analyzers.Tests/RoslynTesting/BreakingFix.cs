namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Leaves code that does not compile.</summary>
public sealed class BreakingFix : ReplaceNameFix
{
    protected override string Replace(string name) => "Fixed : Missing";
}
