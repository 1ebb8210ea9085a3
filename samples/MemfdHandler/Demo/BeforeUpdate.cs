using System.Diagnostics;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>The first kernel: fills the files, preserves them and starts the live update.</summary>
internal sealed class BeforeUpdate(DemoOptions options, Display display)
{
    public int Run(Machine machine)
    {
        Kernel kernel = machine.Boot();
        DemoHandlers.Register(kernel, options.Fail is FailingCallback.Preserve or FailingCallback.Freeze ? options.Fail : FailingCallback.None);
        display.Line($"Booted {kernel.Profile} in process {Environment.ProcessId}.");

        var files = new List<(FileNote Note, Memfd Memfd)>();
        ulong seed = 0;
        foreach (DemoFile file in DemoFile.All(options.Size))
            files.Add(CreateFile(kernel, file, ++seed));

        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession vm = device.CreateSession(DemoFile.VmSession);
        using LiveUpdateSession agent = device.CreateSession(DemoFile.AgentSession);
        long started = Stopwatch.GetTimestamp();
        foreach ((FileNote note, Memfd memfd) in files)
            Preserve(note.File.Session == vm.Name ? vm : agent, note.File.Token, memfd);
        double preserved = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        display.Line($"Preserved {files.Count} files in 2 sessions.");

        Memfd notes = kernel.CreateMemfd();
        notes.SetSize(16384);
        agent.PreserveFile(DemoFile.NotesToken, notes);
        new DemoNotes(Environment.ProcessId, preserved, [.. files.Select(file => file.Note)]).Write(notes);
        return Jump(machine, kernel, files);
    }

    private (FileNote Note, Memfd Memfd) CreateFile(Kernel kernel, DemoFile file, ulong seed)
    {
        Memfd memfd = kernel.CreateMemfd();
        memfd.SetSize(file.Size);
        display.Progress($"Filling {file.Name} ({file.Size:N0} bytes)", file.Size, progress => Contents.Fill(memfd, seed, progress));
        memfd.Position = file.Position;
        memfd.AddSeals(file.Seals);
        return (new FileNote(file, Contents.Sha256(memfd)), memfd);
    }

    private void Preserve(LiveUpdateSession session, ulong token, Memfd memfd)
    {
        try
        {
            session.PreserveFile(token, memfd);
        }
        catch (LuoException e) when (options.Fail == FailingCallback.Preserve)
        {
            display.Line($"{e.Message}");
            display.Line("The file is as before, and so are those preserved earlier. Trying again …");
            session.PreserveFile(token, memfd);
        }
    }

    private int Jump(Machine machine, Kernel kernel, List<(FileNote Note, Memfd Memfd)> files)
    {
        bool inProcess = options.InProcess;
        if (!inProcess && !machine.Memory.CanOutliveProcess)
        {
            display.Line("There is no exec on this system: the next kernel boots in this process.");
            inProcess = true;
        }
        while (true)
        {
            display.Line(inProcess ? "Live update: freezing, and booting the next kernel …" : "Live update: freezing, and replacing this program by a real exec …");
            long started = Stopwatch.GetTimestamp();
            try
            {
                if (!inProcess)
                    kernel.KexecProcess(new KexecProcessOptions { Arguments = NextProgram.CreateArguments(options) });
                kernel.KexecToHandover();
                long frozen = Stopwatch.GetTimestamp();
                return new AfterUpdate(options with { InProcess = true }, display).Run(machine.Boot(), new KexecTimeline(started, frozen, frozen));
            }
            catch (ErrnoException e) when (options.Fail == FailingCallback.Freeze && e.Errno == Errno.EBUSY)
            {
                display.Line(e.Message);
                bool areIntact = files.TrueForAll(file => Contents.Sha256(file.Memfd) == file.Note.Sha256);
                display.Line(areIntact ? "All files are thawed and have their contents. Trying again …" : "A FILE HAS CHANGED.");
                if (!areIntact)
                    return 1;
            }
        }
    }
}
