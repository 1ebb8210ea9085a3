using System.Diagnostics;
using System.Text.Json;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>The next kernel: retrieves the files, compares them and finishes the sessions.</summary>
internal sealed class AfterUpdate(DemoOptions options, Display display)
{
    public int Run(Kernel kernel, KexecTimeline timeline)
    {
        display.Line($"Booted {kernel.Profile} in process {Environment.ProcessId}.");
        DemoHandlers.Register(kernel, options.Fail is FailingCallback.Retrieve or FailingCallback.CanFinish ? options.Fail : FailingCallback.None);

        long booted = Stopwatch.GetTimestamp();
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession vm = device.RetrieveSession(DemoFile.VmSession);
        using LiveUpdateSession agent = device.RetrieveSession(DemoFile.AgentSession);
        var notes = DemoNotes.Read(agent.RetrieveFile<Memfd>(DemoFile.NotesToken));
        var files = new List<(FileNote Note, Memfd? Memfd)>();
        foreach (FileNote note in notes.Files)
            files.Add((note, Retrieve(note.File.Session == vm.Name ? vm : agent, note.File)));
        TimeSpan retrieve = Stopwatch.GetElapsedTime(booted);

        FileResult[] results = [.. files.Select(file => Compare(file.Note, file.Memfd))];
        Finish(vm);
        Finish(agent);

        var times = new StepTimes(
            notes.PreserveMilliseconds,
            timeline.Freeze.TotalMilliseconds,
            timeline.Exec.TotalMilliseconds,
            Stopwatch.GetElapsedTime(timeline.Arrived, booted).TotalMilliseconds,
            retrieve.TotalMilliseconds);
        Report(notes, results, times);
        return results.All(result => result.Intact) ? 0 : 1;
    }

    private Memfd? Retrieve(LiveUpdateSession session, DemoFile file)
    {
        try
        {
            return session.RetrieveFile<Memfd>(file.Token);
        }
        catch (LuoException e) when (options.Fail == FailingCallback.Retrieve)
        {
            display.Line(e.Message);
            display.Line($"LUO remembers that: asking again gives {session.TryRetrieveFd(file.Token, out _)} without asking the handler. The other files are not concerned.");
            return null;
        }
    }

    private static FileResult Compare(FileNote note, Memfd? memfd)
    {
        DemoFile file = note.File;
        string? hash = memfd is null ? null : Contents.Sha256(memfd);
        bool isIntact = memfd is not null && hash == note.Sha256
            && memfd.Size == file.Size && memfd.Position == file.Position && memfd.Seals == file.Seals;
        return new FileResult(file.Session, file.Token, file.Size, note.Sha256, hash, isIntact);
    }

    private void Finish(LiveUpdateSession session)
    {
        try
        {
            session.Finish();
        }
        catch (LuoException e) when (options.Fail == FailingCallback.CanFinish)
        {
            display.Line(e.Message);
            display.Line("Trying again …");
            session.Finish();
        }
    }

    private void Report(DemoNotes notes, FileResult[] results, StepTimes times)
    {
        if (options.Json)
        {
            var result = new DemoResult(2, [notes.Pid, Environment.ProcessId], results, times);
            display.Json(JsonSerializer.Serialize(result, DemoJson.Default.DemoResult));
            return;
        }
        display.Table(
            "Files",
            ["session", "token", "bytes", "SHA-256 before", "after", "position, size, seals and contents"],
            [.. results.Select(result => new[]
            {
                result.Session,
                $"{result.Token}",
                $"{result.Size:N0}",
                result.Sha256Before[..16],
                result.Sha256After?[..16] ?? "lost",
                result.Intact ? "intact" : "LOST",
            })]);
        display.Table(
            "Life cycle",
            ["step", "milliseconds", "what happened"],
            [
                ["preserve", $"{times.Preserve:F2}", "every page of the files is marked to survive"],
                ["freeze", $"{times.Freeze:F2}", "last state is written; what is handed over is complete"],
                ["exec", $"{times.Exec:F2}", options.InProcess ? "none: the same program goes on" : $"a new program in the same process: {notes.Pid} was replaced by {Environment.ProcessId}"],
                ["boot", $"{times.Boot:F2}", "the next kernel finds what was handed over, and its handlers are registered"],
                ["retrieve", $"{times.Retrieve:F2}", "device opened, sessions and files back, nothing copied"],
                ["finish", "", "the sessions are done, the files are ordinary files again"],
            ]);
        display.Line("");
        display.Line(results.All(result => result.Intact) ? "All files survived." : "NOT ALL FILES SURVIVED.");
    }
}
