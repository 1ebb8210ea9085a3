using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace Clean.ToldByTests;

// A handler that does what a test tells it, and tests with it.
public class FakeFile : LuoFile
{
    public int Value { get; set; }
    public bool Released { get; private set; }
    protected override void Release() => Released = true;
}

[PreservedState] public struct FakeState { public int Value; }

/// <summary>Records what it is asked, and does what the test tells it.</summary>
[LiveUpdateFileHandler("fake-v1")]
public sealed partial class FakeHandler
{
    public Func<FakeFile, bool> OnCanPreserve { get; set; } = _ => true;
    public Func<FakeFile, Errno> OnPreserve { get; set; } = _ => Errno.None;
    public Func<Errno> OnFreeze { get; set; } = () => Errno.None;
    public Func<Errno> OnRetrieve { get; set; } = () => Errno.None;
    public Func<RetrieveStatus, bool> OnCanFinish { get; set; } = _ => true;
    public List<string> Log { get; } = [];
    public RetrieveStatus? LastStatus { get; private set; }

    private bool CanPreserve(FakeFile file) => OnCanPreserve(file);
    private Errno Preserve(FakeFile file, out FakeState state)
    {
        Log.Add(nameof(Preserve));
        state = new FakeState { Value = file.Value };
        return OnPreserve(file);
    }
    private void Unpreserve(FakeFile file) => Log.Add(nameof(Unpreserve));
    private Errno Freeze(FakeFile file, ref FakeState state)
    {
        Log.Add(nameof(Freeze));
        state.Value = file.Value;
        return OnFreeze();
    }
    private void Unfreeze(FakeFile file) => Log.Add(nameof(Unfreeze));
    private Errno Retrieve(in FakeState state, out FakeFile? file)
    {
        Log.Add(nameof(Retrieve));
        Errno error = OnRetrieve();
        file = error == Errno.None ? new FakeFile { Value = state.Value } : null;
        return error;
    }
    private bool CanFinish(FakeFile? file, RetrieveStatus status) => OnCanFinish(status);
    private void Finish(FakeFile? file, RetrieveStatus status)
    {
        Log.Add(nameof(Finish));
        LastStatus = status;
    }
}

public abstract class KernelTest : IDisposable
{
    protected KernelTest()
    {
        Machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
        Kernel = Machine.Boot();
    }
    protected Machine Machine { get; }
    protected Kernel Kernel { get; private set; }
    protected FakeHandler Handler { get; private set; } = new();
    protected LiveUpdateDevice Open()
    {
        Kernel.RegisterFileHandler(Handler);
        return Kernel.OpenLiveUpdate();
    }
    protected void Jump() { Kernel = Kernel.Kexec(); Handler = new FakeHandler(); }
    public void Dispose() { Machine.Dispose(); GC.SuppressFinalize(this); }
}

public sealed class FakeTests : KernelTest
{
    public void Retry_after_a_failed_freeze()
    {
        var device = Open();
        var session = device.CreateSession("s");
        session.PreserveFile(1, new FakeFile { Value = 1 });
        Handler.OnFreeze = () => Errno.EAGAIN;
        try { Kernel.KexecToHandover(); }
        catch (ErrnoException e) when (e.Errno == Errno.EAGAIN) { }
        Handler.OnFreeze = () => Errno.None;
        Jump();
        using var next = Open();
        using var back = next.RetrieveSession("s");
        Expect(back.RetrieveFile<FakeFile>(1).Value == 1);
        back.Finish();
    }

    public void Two_sessions_with_the_same_tokens()
    {
        using var device = Open();
        foreach (string name in new[] { "a", "b" })
        {
            LiveUpdateSession session = device.CreateSession(name);
            session.PreserveFile(1, new FakeFile());
            session.PreserveFile(2, new FakeFile());
        }
        Jump();
        using var next = Open();
        foreach (var name in (string[])["b", "a"])
        {
            using var session = next.RetrieveSession(name);
            session.RetrieveFile<FakeFile>(1).Put();
            session.RetrieveFile<FakeFile>(2).Put();
            Expect(session.TryFinish() == Errno.None);
        }
    }

    public void Closed_and_created_again()
    {
        using var device = Open();
        var file = new FakeFile();
        var session = device.CreateSession("again");
        session.PreserveFile(1, file);
        session.Dispose();
        var second = device.CreateSession("again");
        second.PreserveFile(1, file);
        Expect(Handler.Log is ["Preserve", "Unpreserve", "Preserve"]);
        second.Dispose();
    }

    public void A_failed_preserve_frees_the_token()
    {
        using var device = Open();
        using var session = device.CreateSession("t");
        Handler.OnPreserve = _ => Errno.ENOMEM;
        Errno first = session.TryPreserveFd(1, Kernel.OpenFile(() => new FakeFile()));
        Expect(first == Errno.ENOMEM);
        Handler.OnPreserve = _ => Errno.None;
        session.PreserveFd(1, Kernel.OpenFile(() => new FakeFile()));
    }

    public void Faults_at_every_step()
    {
        using var device = Open();
        for (int nth = 0; ; nth++)
        {
            using var session = device.CreateSession("faults");
            Kernel.Faults.FailNext(FaultPoint.KhoAllocation, nth);
            var result = session.TryPreserveFd(1, Kernel.OpenFile(() => new FakeFile()));
            Kernel.Faults.Clear();
            if (result == Errno.None) break;
        }
    }

    private static void Expect(bool condition) { if (!condition) throw new InvalidOperationException(); }
}
