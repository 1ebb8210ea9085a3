using System.Text;
using System.Text.Json;

namespace LuoHandlers.Runtime.Tests.Exec;

/// <summary>A live update by a real exec: what the next program finds.</summary>
public sealed class KexecProcessTests
{
    private static readonly string[] Notes = ["the first note", "the second note", "the third note", "made after the jump that failed"];

    [Fact]
    public void TheNextProgramFindsTheSameBytesInTheSameProcess()
    {
        ExecRun run = ExecRun.Start("update");

        Assert.Equal(2, run.Reports.Count);
        JsonElement after = run.Reports[1];
        Assert.Equal(run.Pid, run.Reports[0].GetProperty("pid").GetInt32());
        Assert.Equal(run.Pid, after.GetProperty("process").GetProperty("pid").GetInt32());
        AssertSecondLife(after);
    }

    [Fact]
    public void AProgramThatBeginsAnewIsToldThatSomethingWaitsForIt()
    {
        ExecRun run = ExecRun.Start("begin-anew");

        Assert.Contains("Machine.TryInherit", run.Reports[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        AssertSecondLife(run.Reports[2]);
    }

    [Fact]
    public void ArgumentsAreKeptByteForByte()
    {
        ExecRun run = ExecRun.Start("""update "$(printf '\376\377')" '' 'with blanks' é""");

        string before = run.Reports[0].GetProperty("commandLine").GetString()!;
        Assert.Contains(Convert.ToHexString([0, 0xfe, 0xff, 0, 0, .. "with blanks"u8, 0, .. "é"u8, 0]), before, StringComparison.Ordinal);
        Assert.Equal(before, run.Reports[1].GetProperty("process").GetProperty("commandLine").GetString());
    }

    [Fact]
    public void TheEnvironmentIsTheOneOfTheMomentWithUnchangedVariablesByteForByte()
    {
        ExecRun run = ExecRun.Start(
            "update",
            """LUO_TEST_RAW="$(printf 'a\377=z')" LUO_TEST_EMPTY= LUO_TEST_CHANGED=before LUO_TEST_REMOVED=before""");

        string[] before = Entries(run.Reports[0]);
        Assert.Contains("LUO_TEST_RAW=a\u00ff=z", before);
        IEnumerable<string> expected = before
            .Where(entry => !entry.StartsWith("LUO_TEST_CHANGED=", StringComparison.Ordinal) && !entry.StartsWith("LUO_TEST_REMOVED=", StringComparison.Ordinal))
            .Append("LUO_TEST_CHANGED=" + Encoding.Latin1.GetString("after é"u8))
            .Append("LUO_TEST_SECOND_LIFE=1");
        IEnumerable<string> after = Entries(run.Reports[1].GetProperty("process"))
            .Where(entry => !entry.StartsWith("LUOHANDLERS_KEXEC=", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), after.Order(StringComparer.Ordinal));
        Assert.Contains("LUO_TEST_EMPTY=", before);
    }

    [Fact]
    public void NothingOfTheJumpIsLeftForProgramsThatTheNextOneStarts()
    {
        JsonElement after = ExecRun.Start("update").Reports[1];

        Assert.False(after.GetProperty("process").GetProperty("variables").TryGetProperty("LUOHANDLERS_KEXEC", out _));
        string child = after.GetProperty("childOutput").GetString()!;
        Assert.Contains("LUO_TEST_SECOND_LIFE=1", child, StringComparison.Ordinal);
        Assert.DoesNotContain("LUOHANDLERS_KEXEC", child, StringComparison.Ordinal);
        Assert.DoesNotContain("memfd:luohandlers", child, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMemoryStaysOneFileThatIsClosedInOtherPrograms()
    {
        ExecRun run = ExecRun.Start("update");

        JsonProperty memory = Assert.Single(run.Reports[1].GetProperty("process").GetProperty("memoryDescriptors").EnumerateObject());
        Assert.False(memory.Value.GetBoolean(), "The memory is inherited by every program that this one starts.");
    }

    [Fact]
    public void AVariableOfAnotherProcessIsNotPassedOn()
    {
        // As a program that was started by one that is in its second life, but never takes anything over itself.
        ExecRun run = ExecRun.Start("create", "LUOHANDLERS_KEXEC='1 2 3 4 5 6 7'");

        AssertSecondLife(run.Reports[1]);
        Assert.Single(Entries(run.Reports[1].GetProperty("process")), entry => entry.StartsWith("LUOHANDLERS_KEXEC=", StringComparison.Ordinal));
    }

    [Fact]
    public void AProgramRunByDotnetIsReplacedByItself()
    {
        ExecRun run = ExecRun.Start("update", launcher: $"dotnet '{ExecRun.ProgramPath}.dll'");

        AssertSecondLife(run.Reports[1]);
        Assert.Equal(
            run.Reports[0].GetProperty("commandLine").GetString(),
            run.Reports[1].GetProperty("process").GetProperty("commandLine").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NewArgumentsComeAfterTheProgramsOwnName(bool byDotnet)
    {
        ExecRun run = ExecRun.Start("new-arguments old", launcher: byDotnet ? $"dotnet '{ExecRun.ProgramPath}.dll'" : null);

        AssertSecondLife(run.Reports[1]);
        Assert.EndsWith(
            (byDotnet ? Convert.ToHexString(Encoding.UTF8.GetBytes(ExecRun.ProgramPath + ".dll")) : Convert.ToHexString(Encoding.UTF8.GetBytes(ExecRun.ProgramPath)))
                + Convert.ToHexString("\0update\0new argument\0\0"u8),
            run.Reports[1].GetProperty("process").GetProperty("commandLine").GetString(),
            StringComparison.Ordinal);
    }

    internal static void AssertSecondLife(JsonElement after)
    {
        Assert.Equal(Notes, after.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
        Assert.Equal(2, after.GetProperty("kexecCount").GetInt32());
        Assert.Equal(2, after.GetProperty("liveUpdateNumber").GetInt32());
        // The page of FLBs is never freed.
        Assert.Equal(1, after.GetProperty("inherited").GetInt32());
    }

    private static string[] Entries(JsonElement process) =>
        [.. process.GetProperty("environment").EnumerateArray().Select(entry => entry.GetString()!)];
}
