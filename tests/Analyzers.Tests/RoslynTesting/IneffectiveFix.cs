namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Changes the code, but the diagnostic stays.</summary>
public sealed class IneffectiveFix : ReplaceNameFix
{
    protected override string Replace(string name) => name + "x";
}
