using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace Clean.ExpectedRefusals;

// Tests of what LUO refuses.
internal static class Check
{
    public static void Equal<T>(T expected, T actual) { if (!EqualityComparer<T>.Default.Equals(expected, actual)) throw new InvalidOperationException($"{expected} != {actual}"); }
    public static TException Throws<TException>(Action action) where TException : Exception
    {
        try { action(); }
        catch (TException e) { return e; }
        throw new InvalidOperationException("nothing thrown");
    }
    public static TException Throws<TException>(Func<object?> action) where TException : Exception => Throws<TException>(() => { _ = action(); });
    public static void True(bool b) { if (!b) throw new InvalidOperationException(); }
}

/// <summary>Tests of what LUO refuses.</summary>
public sealed class RefusalTests
{
    public void A_token_can_be_used_once()
    {
        using var machine = Machine.Create();
        var kernel = machine.Boot();
        kernel.RegisterGeneratedHandlers();
        using var device = kernel.OpenLiveUpdate();
        using var session = device.CreateSession("tokens");
        session.PreserveFile(1, kernel.CreateMemfd());
        LuoException e = Check.Throws<LuoException>(() => session.PreserveFile(1, kernel.CreateMemfd()));
        Check.Equal(Errno.EEXIST, e.Errno);
    }

    public void A_created_session_cannot_be_finished()
    {
        using var machine = Machine.Create();
        using var device = machine.Boot().OpenLiveUpdate();
        using var session = device.CreateSession("created");
        Check.Equal(Errno.EINVAL, session.TryFinish());
        Check.Equal(Errno.EINVAL, session.TryRetrieveFd(1, out _));
        Check.Throws<LuoException>(() => session.Finish());
        Check.Throws<LuoException>(session.Finish);
    }

    public void Names_are_unique()
    {
        using var machine = Machine.Create();
        using var device = machine.Boot().OpenLiveUpdate();
        using var first = device.CreateSession("same");
        Check.Equal(Errno.EEXIST, device.TryCreateSession("same", out _));
        Check.Throws<LuoException>(() => device.CreateSession("same"));
        Check.Equal(Errno.EINVAL, device.TryCreateSession("", out _));
        Check.Throws<LuoException>(() => device.CreateSession(new string('x', 64)));
        try
        {
            device.CreateSession("same").Dispose();
            throw new InvalidOperationException("two of a name");
        }
        catch (LuoException e) when (e.Errno == Errno.EEXIST)
        {
        }
    }

    public void There_and_back()
    {
        using var machine = Machine.Create();
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new MemoHandler());
        var memo = new Memo { Text = 5 };
        LiveUpdateDevice device = kernel.OpenLiveUpdate();
        LiveUpdateSession session = device.CreateSession("memo");
        session.PreserveFile(7, memo);
        memo.Text = 9;
        kernel = kernel.Kexec();

        kernel.RegisterFileHandler(new MemoHandler());
        device = kernel.OpenLiveUpdate();
        session = device.RetrieveSession("memo");
        Check.Equal(9, session.RetrieveFile<Memo>(7).Text);
        Check.Equal(9, session.RetrieveFile<Memo>(7).Text);
        session.Finish();
        session.Dispose();

        // and once more
        session = device.CreateSession("memo");
        session.PreserveFile(7, memo = new Memo { Text = 1 });
        session.Dispose();
        using (session = device.CreateSession("memo"))
            session.PreserveFile(7, memo);
        device.Dispose();
    }

    public void Repeatedly()
    {
        using var machine = Machine.Create();
        Kernel kernel = machine.Boot();
        for (int round = 0; round < 3; round++)
        {
            kernel.RegisterFileHandler(new MemoHandler());
            using LiveUpdateDevice device = kernel.OpenLiveUpdate();
            if (round > 0)
            {
                using LiveUpdateSession back = device.RetrieveSession("loop");
                back.Finish();
            }
            LiveUpdateSession session = device.CreateSession("loop");
            session.PreserveFile(1, new Memo());
            kernel = kernel.Kexec();
        }
    }
}

public sealed class Memo : LuoFile { public int Text { get; set; } }
[PreservedState] public struct MemoState { public int Text; }

[LiveUpdateFileHandler("memo-v1")]
public sealed partial class MemoHandler
{
    bool CanPreserve(Memo file) => true;
    void Preserve(Memo file, out MemoState state) => state = new MemoState { Text = file.Text };
    void Freeze(Memo file, ref MemoState state) => state.Text = file.Text;
    void Unpreserve(Memo file) { }
    Memo Retrieve(in MemoState state) => new() { Text = state.Text };
    void Finish(Memo? file) { }
}

/// <summary>A handler that fails on purpose, for tests of the orchestrator: like the sample's.</summary>
[LiveUpdateFileHandler("failing-memo-v1")]
internal sealed partial class FailingMemoHandler
{
    public Errno FreezeResult { get; set; }
    public List<string> Calls { get; } = [];
    bool CanPreserve(Memo file) => file.Text < 0;
    void Preserve(Memo file, out MemoState state) { Calls.Add("preserve"); state.Text = file.Text; }
    Errno Freeze(Memo file, ref MemoState state) { Calls.Add("freeze"); state.Text = file.Text; return FreezeResult; }
    void Unfreeze(Memo file) => Calls.Add("unfreeze");
    void Unpreserve(Memo file) => Calls.Add("unpreserve");
    Memo Retrieve(in MemoState state) { Calls.Add("retrieve"); return new() { Text = state.Text }; }
    bool CanFinish(Memo? file) { Calls.Add("can_finish"); return true; }
    void Finish(Memo? file) => Calls.Add("finish");
}
