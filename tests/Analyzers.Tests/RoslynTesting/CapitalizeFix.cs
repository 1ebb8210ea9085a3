namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class CapitalizeFix : ReplaceNameFix
{
    protected override string Replace(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
