namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>A test of what is said of code and lock files together.</summary>
internal sealed class AbiLockTest : HandlerAnalyzerTest<AbiLockAnalyzer>
{
    /// <summary>The state and the handler of <see cref="HandlerSource"/>, as a lock file has them.</summary>
    public const string Disk = """
        disk-v1 field 0000 8 u64 Size
        disk-v1 field 0008 8 u64 Position
        disk-v1 handler memory 16

        """;

    /// <param name="code">The code, marked where something is reported.</param>
    /// <param name="shipped">The lines of the file behind its header, marked as well; null: there is no such file.</param>
    /// <param name="unshipped">The same for what is not shipped yet.</param>
    public AbiLockTest(string code, string? shipped, string? unshipped)
    {
        TestCode = code;
        if (shipped is not null)
            TestState.AdditionalFiles.Add(("/0/LuoAbi.Shipped.txt", "!luo-abi 1\n" + shipped));
        if (unshipped is not null)
            TestState.AdditionalFiles.Add(("/0/LuoAbi.Unshipped.txt", "!luo-abi 1\n" + unshipped));
    }

    public static Task VerifyAsync(string code, string? shipped, string? unshipped) =>
        new AbiLockTest(code, shipped, unshipped).RunAsync(TestContext.Current.CancellationToken);
}
