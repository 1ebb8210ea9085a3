using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Orchestrator;

/// <summary>
/// Many threads at once. The work of each is fixed; only how they interleave is not, and no order of events may lose or double anything.
/// </summary>
public sealed class StressTests : IDisposable
{
    private const int ThreadCount = 8;
    private const int Rounds = 60;
    private const int FilesPerSession = 5;

    /// <summary>The number in the files whose freeze is refused.</summary>
    private const ulong RefusingValue = ulong.MaxValue;

    private readonly Machine _machine = TestMachine.Create();

    // The operations that are counted would hang in a deadlock; the bound is only there to end the run then.
    private const int Hanging = 120_000;

    [Fact(Timeout = Hanging)]
    public Task SessionsFilesFlbsAndRegistrationsWithAbortedReboots() => Task.Run(() =>
    {
        Kernel kernel = _machine.Boot();
        var module = new KernelModule("plain");
        int reboots = 0;
        int preserved = 0;
        var frozen = new Counter();
        var handler = new ScriptedHandler
        {
            Owner = module,
            OnFreeze = (ref LiveUpdateFileOpArgs args) =>
            {
                // Each reboot is refused by the last file of a session; there is one, that of the thread that reboots.
                if (args.SerializedData == RefusingValue)
                    return -(int)Errno.EAGAIN;
                frozen.Add(1);
                return 0;
            },
            OnUnfreeze = (ref LiveUpdateFileOpArgs _) =>
            {
                frozen.Add(-1);
                return 0;
            },
        };
        var flb = new ScriptedFlb { Owner = module };
        kernel.With(handler);
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        KernelLedger before = KernelLedger.Capture(kernel, module);
        var agent = new Agent(kernel);

        InParallel(thread =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                int session = agent.CreateSession($"session {thread} {round}");
                Assert.True(session >= 0);
                int[] descriptors = new int[FilesPerSession];
                for (int i = 0; i < FilesPerSession; i++)
                {
                    descriptors[i] = agent.Open(new PlainFile(i == FilesPerSession - 1 ? RefusingValue : 0));
                    Assert.Equal(0, agent.Preserve(session, (ulong)i, descriptors[i]));
                    Assert.Equal(-(int)Errno.EBUSY, agent.Preserve(session, 100, descriptors[i]));
                    Interlocked.Increment(ref preserved);
                }
                Assert.Equal(0, kernel.Orchestrator.GetOutgoingFlb(flb, out object? live));
                Assert.Equal("preserved", live);
                kernel.Orchestrator.PutOutgoingFlb(flb);
                RegisterAndUnregister(kernel, $"extra-{thread}-v1");
                if (round % 10 == thread)
                {
                    Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
                    Interlocked.Increment(ref reboots);
                }
                foreach (int descriptor in descriptors)
                    agent.Close(descriptor);
                agent.Close(session);
            }
        });

        Assert.Equal(ThreadCount * Rounds / 10, reboots);
        Assert.Equal(ThreadCount * Rounds * FilesPerSession, preserved);
        Assert.Equal(preserved, handler.Count(FileHandlerCallbacks.Preserve));
        Assert.Equal(preserved, handler.Count(FileHandlerCallbacks.Unpreserve));
        Assert.Equal(0, frozen.Value);
        Assert.Equal(handler.Count(FileHandlerCallbacks.Freeze) - reboots, handler.Count(FileHandlerCallbacks.Unfreeze));
        agent.Close(agent.Device);
        Assert.Equal(flb.Count(FlbCallbacks.Preserve), flb.Count(FlbCallbacks.Unpreserve));
        Assert.NotEqual(0, handler.Count(FileHandlerCallbacks.Unfreeze));
        before.AssertSame(kernel, module);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Hanging)]
    public Task ARebootInTheMiddleTakesWhatWasThere() => Task.Run(() =>
    {
        Kernel old = _machine.Boot();
        var handler = new ScriptedHandler();
        old.With(handler);
        var agent = new Agent(old);
        var done = new List<(string Session, ulong Token)>();
        int started = 0;
        var rebooted = new ManualResetEventSlim();

        InParallel(thread =>
        {
            string name = $"session {thread}";
            int session = agent.CreateSession(name);
            ulong token = 0;
            try
            {
                // Every thread works until the reboot cuts it off.
                while (true)
                {
                    int descriptor = agent.Open(new PlainFile(token));
                    Assert.Equal(0, agent.Preserve(session, token, descriptor));
                    lock (done)
                        done.Add((name, token));
                    token++;
                    if (thread == 0 && token == 100)
                    {
                        // All others are at work, too.
                        SpinWait.SpinUntil(() => Volatile.Read(ref started) == ThreadCount - 1);
                        Assert.Equal(0, old.Reboot());
                        rebooted.Set();
                    }
                    else if (token == 10 && thread != 0)
                    {
                        Interlocked.Increment(ref started);
                    }
                }
            }
            catch (InvalidOperationException)
            {
                rebooted.Wait();
            }
        });

        int frozen = handler.Count(FileHandlerCallbacks.Freeze);
        Assert.Equal(handler.Count(FileHandlerCallbacks.Preserve), frozen);
        Assert.Equal(done.Count, frozen);
        Kernel kernel = _machine.Boot();
        handler = new ScriptedHandler();
        kernel.With(handler);
        agent = new Agent(kernel);
        int[] sessions = [.. Enumerable.Range(0, ThreadCount).Select(thread => agent.RetrieveSession($"session {thread}"))];
        InParallel(thread =>
        {
            foreach ((_, ulong token) in done.Where(file => file.Session == $"session {thread}"))
            {
                int descriptor = agent.Retrieve(sessions[thread], token);
                Assert.Equal(token, ((PlainFile)kernel.GetFile(descriptor)!).Value);
                agent.Close(descriptor);
            }
            Assert.Equal(0, agent.Finish(sessions[thread]));
            agent.Close(sessions[thread]);
        });
        Assert.Equal(frozen, handler.Count(FileHandlerCallbacks.Retrieve));
        Assert.Equal(frozen, handler.Count(FileHandlerCallbacks.Finish));
        agent.Close(agent.Device);
        KernelLedger.AssertEmpty(kernel);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Hanging)]
    public Task ThreadsThatShareOneSessionAndOneNameShareFairly() => Task.Run(() =>
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler();
        kernel.With(handler);
        KernelLedger before = KernelLedger.Capture(kernel);
        var agent = new Agent(kernel);
        int shared = agent.CreateSession("shared");
        PlainFile[] files = [.. Enumerable.Range(0, Rounds).Select(i => new PlainFile((ulong)i))];
        int[] descriptors = [.. files.Select(agent.Open)];
        int winners = 0;
        var open = new List<int>([agent.Device, shared, .. descriptors]);

        InParallel(_ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                int result = agent.Preserve(shared, (ulong)i, descriptors[i]);
                Assert.True(result is 0 or -(int)Errno.EEXIST, $"{result}");
                if (result == 0)
                    Interlocked.Increment(ref winners);
                int session = agent.CreateSession($"name {i}");
                Assert.True(session is > 0 or -(int)Errno.EEXIST, $"{session}");
                if (session < 0)
                    continue;
                lock (open)
                    open.Add(session);
            }
        });

        Assert.Equal(Rounds, winners);
        Assert.Equal(Rounds, open.Count - 2 - descriptors.Length);
        Assert.Equal(Rounds, handler.Count(FileHandlerCallbacks.Preserve));
        Assert.All(files, file => Assert.Equal(2, file.ReferenceCount));
        open.ForEach(agent.Close);
        Assert.Equal(Rounds, handler.Count(FileHandlerCallbacks.Unpreserve));
        Assert.All(files, file => Assert.Equal(1, file.ReleaseCount));
        before.AssertSame(kernel);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Hanging)]
    public Task UnregisteringAHandlerDropsItsOwnLinksOnly() => Task.Run(() =>
    {
        Kernel kernel = _machine.Boot();
        var handler = new ScriptedHandler();
        var flb = new ScriptedFlb();
        int wins = 0;

        InParallel(_ =>
        {
            for (int i = 0; i < 50 * Rounds; i++)
            {
                if (kernel.Orchestrator.RegisterFileHandler(handler) != 0)
                    continue;
                // Whoever registered it has it alone until it is unregistered, links included.
                Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
                Assert.Equal(-(int)Errno.EEXIST, kernel.Orchestrator.RegisterFlb(handler, flb));
                Interlocked.Increment(ref wins);
                Assert.Equal(0, kernel.Orchestrator.UnregisterFileHandler(handler));
            }
        });

        Assert.NotEqual(0, wins);
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _machine.Dispose();

    private static void RegisterAndUnregister(Kernel kernel, string compatible)
    {
        var handler = new ScriptedHandler(compatible) { OnCanPreserve = _ => false };
        var flb = new ScriptedFlb(compatible);
        kernel.RegisterFileHandler(handler);
        Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, flb));
        Assert.Equal(0, kernel.Orchestrator.UnregisterFlb(handler, flb));
        Assert.Equal(0, kernel.Orchestrator.UnregisterFileHandler(handler));
    }

    /// <summary>Runs the same work, with a number, on all threads, begun together; the first failure is the test's.</summary>
    private static void InParallel(Action<int> work)
    {
        using var start = new Barrier(ThreadCount);
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(number => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                work(number);
            }
            catch (Exception e)
            {
                lock (failures)
                    failures.Add(e);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private sealed class Counter
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Add(int by) => Interlocked.Add(ref _value, by);
    }
}
