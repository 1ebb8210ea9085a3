using System.Diagnostics;
using LuoHandlers.Emulation;
using LuoHandlers.Images;
using LuoHandlers.Inspection;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Does with changed images all that can be done with an image, and counts what came of it.</summary>
internal sealed class FuzzRun
{
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);

    /// <summary>How often each step ended in what.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    public int Count { get; private set; }

    public TimeSpan Longest { get; private set; }

    /// <summary>The most processor time of the whole process during a case: what else runs on the computer does not count.</summary>
    public TimeSpan MostProcessorTime { get; private set; }

    public long MostAllocated { get; private set; }

    /// <summary>Runs a case. An exception that is none of the documented ones goes through.</summary>
    public void Run(FuzzCase fuzzCase)
    {
        byte[] image = fuzzCase.CreateImage();
        long started = Stopwatch.GetTimestamp();
        TimeSpan processorTime = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Try("image", () =>
        {
            using Machine machine = Machine.FromImage(
                new MemoryStream(image, writable: false), new MachineOptions { OnBadEntry = fuzzCase.Policy, Kernel = fuzzCase.Target.Kernel }, fuzzCase.Target.Options);
            Try("report", () => Read(machine));
            Try("boot", () => Use(machine));
        });
        Count++;
        MostAllocated = Math.Max(MostAllocated, GC.GetAllocatedBytesForCurrentThread() - allocated);
        processorTime = Environment.CpuUsage.TotalTime - processorTime;
        if (processorTime > MostProcessorTime)
            MostProcessorTime = processorTime;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        if (elapsed > Longest)
            Longest = elapsed;
    }

    private void Try(string step, Action action)
    {
        string outcome = "succeeded";
        try
        {
            action();
        }
        catch (Exception e) when (e is InvalidImageException or InvalidHandoverException or KernelPanicException or ErrnoException)
        {
            outcome = e.GetType().Name;
        }
        string key = $"{step}: {outcome}";
        _outcomes[key] = _outcomes.GetValueOrDefault(key) + 1;
    }

    private static void Read(Machine machine)
    {
        using HandoverReport report = HandoverReport.Read(machine);
        foreach (HandoverSession session in report.Sessions)
        {
            foreach (HandoverFile file in session.Files)
                file.Memfd?.ComputeSha256();
        }
    }

    /// <summary>All that a program can do with what was handed over, and one more reboot.</summary>
    private static void Use(Machine machine)
    {
        Kernel kernel = machine.Boot();
        (MemfdHandler handler, CountingFlb flb) = SmallHandover.Register(kernel);
        if (kernel.Orchestrator.GetIncomingFlb(flb, out _) == 0)
            kernel.Orchestrator.PutIncomingFlb(flb);
        var agent = new Agent(kernel);
        if (agent.Device >= 0)
        {
            foreach (string name in SmallHandover.SessionNames)
            {
                int session = agent.RetrieveSession(name);
                if (session < 0)
                    continue;
                // The second file of a session stays for finish to give up.
                if (agent.Retrieve(session, 1) is var descriptor and >= 0)
                    ReadAll((Memfd)kernel.GetFile(descriptor)!);
                agent.Finish(session);
                kernel.Close(session);
            }
            int created = agent.CreateSession("next");
            agent.Preserve(created, 1, SmallHandover.CreateMemfd(kernel, 5000, 1));
        }
        if (handler.Unexpected is { } unexpected)
            throw new InvalidOperationException("A callback met a fault that is none of a handler's.", unexpected);
        if (kernel.Reboot() != 0)
            return;
        machine.SaveImage(Stream.Null);
        machine.Boot();
    }

    private static void ReadAll(Memfd memfd)
    {
        byte[] buffer = new byte[Page.Size];
        memfd.ReadAt(0, buffer);
        memfd.ReadAt(Math.Max(memfd.Size - 100, 0), buffer);
    }
}
