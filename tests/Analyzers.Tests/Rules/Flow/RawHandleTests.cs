namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>
/// LUO4002 and LUO4007 with a raw handle, which Finish gets after a failed retrieve as well: who gives up what depends on what both do.
/// </summary>
public sealed class RawHandleTests
{
    private const string Address = "new PhysicalAddress(serializedData)";
    private const string Found = "kho.FindInherited(" + Address + ")";
    private const string Free = "kho.RestoreFree(" + Found + ");";
    private const string FreeIfAny = "if (kho.TryFindInherited(" + Address + ", out KhoRange left)) kho.RestoreFree(left);";

    // A Retrieve that fails before it has given up what it found: Finish has to, if it looks there after a failure.
    [Theory]
    [InlineData(true, "if (status.IsNotTried) " + Free)]
    [InlineData(true, "if ((status.IsNotTried)) { " + Free + " }")]
    [InlineData(true, "if (!status.IsNotTried) return; " + Free)]
    [InlineData(true, "if (!(status.IsNotTried)) { Console.WriteLine(1); return; } " + Free)]
    [InlineData(true, "if (!!status.IsNotTried) " + Free)]
    [InlineData(true, "int count = 1; _count = count; if (status.IsNotTried) " + Free)]
    [InlineData(false, "if (!status.IsRetrieved) " + Free)]
    [InlineData(false, "if (status.IsNotTried || status.IsFailed) " + Free)]
    [InlineData(false, "if (!status.IsNotTried) Console.WriteLine(1); " + FreeIfAny)]
    [InlineData(false, FreeIfAny + " if (!status.IsNotTried) return; Console.WriteLine(1);")]
    [InlineData(false, "if (status.IsNotTried) Console.WriteLine(1); " + FreeIfAny)]
    [InlineData(false, "if (status.IsNotTried) Console.WriteLine(1); else Console.WriteLine(2); " + FreeIfAny)]
    [InlineData(false, "if (!status.IsNotTried) { if (status.IsFailed) " + Free + " return; } " + Free)]
    [InlineData(false, FreeIfAny)]
    public Task Failures_of_Retrieve(bool isLost, string finish) => VerifyAsync(
        $"KhoRange range = {(isLost ? "{|LUO4007:" + Found + "|}" : Found)}; if (_count > 9) throw new ErrnoException(Errno.EIO); kho.RestoreFree(range);", finish);

    // Memory that Retrieve only reads: so may Finish's be, if it is told what to look at; else nobody gives it up.
    [Theory]
    [InlineData("{|LUO4007:" + Found + "|}", "if (status.IsNotTried) " + Free)]
    [InlineData(Found, Free)]
    public Task What_is_only_read(string found, string finish) => VerifyAsync($"_count = kho.GetSpan({found})[0];", finish);

    // A Retrieve that gives it up even when it fails leaves nothing to Finish.
    [Theory]
    [InlineData("KhoRange range = " + Found + "; try { Read(kho.GetSpan(range)); } finally { kho.RestoreFree(range); }", "{|LUO4002:" + Found + "|}")]
    [InlineData("KhoRange range = " + Found + "; try { Read(kho.GetSpan(range)); } finally { Console.WriteLine(1); } kho.RestoreFree(range);", Found)]
    [InlineData("try { Read(default); } catch (ErrnoException) { throw; } " + Free, Found)]
    [InlineData(Free, Found)]
    public Task Finish_after_a_failure(string retrieve, string found) => VerifyAsync(retrieve, $"if (!status.IsRetrieved) kho.RestoreFree({found});");

    private static Task VerifyAsync(string retrieve, string finish) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            private int _count;
            bool CanPreserve(Disk file) => _count == 0;
            void Preserve(Disk file, out ulong serializedData, IKho kho) => serializedData = kho.AllocatePreserved(4096).Address.Value;
            void Unpreserve(ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved({{Address}}));
            Disk Retrieve(ulong serializedData, IKho kho) { {{retrieve}} return new Disk(); }
            void Finish(ulong serializedData, RetrieveStatus status, IKho kho) { {{finish}} }
            private static void Read(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length);
        }
        """));
}
