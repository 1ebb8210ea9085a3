using System.Runtime.Versioning;
using System.Text.Json;

namespace LuoHandlers.Runtime.Tests.Exec;

/// <summary>A live update by exec that fails leaves all as it was, and the next try works.</summary>
[SupportedOSPlatform("linux")]
public sealed class FailedJumpTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("luohandlers").FullName;

    public static TheoryData<string, string> Failures => new()
    {
        { "program-missing", "ENOENT" },
        { "not-executable", "EACCES" },
        { "folder", "EACCES" },
        { "wrong-format", "ENOEXEC" },
        { "argument-list-too-long", "E2BIG" },
        { "no-memory", "ENOMEM" },
        { "freeze-refused 0", "EAGAIN" },
        { "freeze-refused 1", "EAGAIN" },
        { "freeze-refused 2", "EAGAIN" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void LeavesAllAsItWas(string failure, string errno)
    {
        ExecRun run = ExecRun.Start($"{failure} {Program(failure)}");

        Assert.Equal(3, run.Reports.Count);
        JsonElement failed = run.Reports[1];
        Assert.Equal(errno, failed.GetProperty("error").GetString());
        Assert.Equal(0, failed.GetProperty("frozen").GetInt32());
        Assert.Equal(2, failed.GetProperty("sessions").GetInt32());
        Assert.Equal(
            ["the first note", string.Concat(Enumerable.Repeat("0123456789abcdef", 1000)), "the third note"],
            failed.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!));
        Assert.Equal(1, failed.GetProperty("preservedMore").GetInt32());
        JsonElement process = failed.GetProperty("process");
        Assert.Equal(run.Pid, process.GetProperty("pid").GetInt32());
        Assert.False(process.GetProperty("variables").TryGetProperty("LUOHANDLERS_KEXEC", out _));
        JsonProperty memory = Assert.Single(process.GetProperty("memoryDescriptors").EnumerateObject());
        Assert.False(memory.Value.GetBoolean(), "After the failed jump the memory is inherited by every program that this one starts.");

        KexecProcessTests.AssertSecondLife(run.Reports[2]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>The program that the first try shall run; nothing where it runs the same one.</summary>
    private string Program(string failure)
    {
        string path = Path.Combine(_directory, failure);
        switch (failure)
        {
            case "program-missing":
                return path;
            case "folder":
                return _directory;
            case "not-executable":
                File.Copy("/bin/sh", path);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                return path;
            case "wrong-format":
                File.WriteAllText(path, "neither a program nor a script");
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                return path;
            default:
                return "";
        }
    }
}
