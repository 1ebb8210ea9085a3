using System.Text;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>A test of a fix that changes the lock files, the code, or both.</summary>
internal sealed class AbiFixTest<TFix> : AnalyzerCodeFixTest<AbiLockAnalyzer, TFix>
    where TFix : CodeFixProvider, new()
{
    private const string Shipped = "LuoAbi.Shipped.txt";
    private const string Unshipped = "LuoAbi.Unshipped.txt";
    private const string Header = "!luo-abi 1\n";

    /// <summary>Code and the lines of the lock files behind their headers, before the fix.</summary>
    public static AbiFixTest<TFix> From(string code, string? shipped, string? unshipped)
    {
        AbiFixTest<TFix> test = new() { TestCode = code };
        if (shipped is not null)
            test.TestState.AdditionalFiles.Add((Shipped, Header + shipped));
        if (unshipped is not null)
            test.TestState.AdditionalFiles.Add((Unshipped, Header + unshipped));
        return test;
    }

    /// <summary>The same after the fix.</summary>
    public Task ToAsync(string code, string shipped, string unshipped)
    {
        FixedCode = code;
        FixedState.AdditionalFiles.Add((Shipped, SourceText.From(Header + shipped, FindEncoding(Shipped))));
        FixedState.AdditionalFiles.Add((Unshipped, SourceText.From(Header + unshipped, FindEncoding(Unshipped))));
        return RunAsync(TestContext.Current.CancellationToken);
    }

    // A new file has no byte order mark.
    private Encoding FindEncoding(string name) =>
        TestState.AdditionalFiles.Select(file => file.filename).Contains(name) ? Encoding.UTF8 : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
