using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.DependentList;

// Tokens of many files in one list.
public sealed class Epoll : LuoFile
{
    private readonly List<(ulong Data, Memfd Target)> _watched = [];
    public IReadOnlyList<(ulong Data, Memfd Target)> Watched => _watched;
    public bool Sealed { get; private set; }
    public void Add(ulong data, Memfd target)
    {
        if (Sealed) throw new ErrnoException(Errno.EBUSY, "preserved");
        target.Get();
        _watched.Add((data, target));
    }
    public void Seal() => Sealed = true;
    public void Unseal() => Sealed = false;
    protected override void Release() => _watched.ForEach(w => w.Target.Put());
}

public readonly record struct WatchEntry(ulong Data, ulong Token);

[PreservedState] public struct EpollState { public ulong Count; public KhoVmalloc<WatchEntry> Entries; }

[LiveUpdateFileHandler("epoll-v1"), DependsOn<Memfd>]
public sealed partial class EpollHandler
{
    private const ulong Most = 1 << 20;
    bool CanPreserve(Epoll file) => file.Watched.Count > 0;

    void Preserve(Epoll file, out EpollState state, IKho kho, OutgoingDependency<Memfd> targets)
    {
        // tokens first: nothing to undo if one is missing
        var entries = new WatchEntry[file.Watched.Count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = new WatchEntry(file.Watched[i].Data, targets.GetToken(file.Watched[i].Target));
        var array = KhoVmallocArray<WatchEntry>.AllocatePreserved(kho, (ulong)entries.Length);
        for (ulong i = 0; i < array.Count; i++)
            array[i] = entries[i];
        file.Seal();
        state = new EpollState { Count = array.Count, Entries = array.Descriptor };
    }

    void Unpreserve(Epoll file, in EpollState state, IKho kho)
    {
        file.Unseal();
        KhoVmallocArray<WatchEntry>.FindPreserved(kho, state.Entries, state.Count).UnpreserveFree();
    }

    Epoll Retrieve(in EpollState state, IKho kho, IncomingDependency<Memfd> targets)
    {
        WatchEntry[] entries = Take(state, kho);
        var epoll = new Epoll();
        try
        {
            foreach (var (data, token) in entries)
                epoll.Add(data, targets.GetFile(token));
        }
        catch (DependencyException e)
        {
            epoll.Put();
            throw new ErrnoException(e.Errno, $"Token {e.Token} is not there.", e);
        }
        catch
        {
            epoll.Put();
            throw;
        }
        return epoll;
    }

    void Finish(Epoll? file, in EpollState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) _ = Take(state, kho);
    }

    private static WatchEntry[] Take(EpollState state, IKho kho)
    {
        var array = KhoVmallocArray<WatchEntry>.FindInherited(kho, state.Entries, state.Count);
        try
        {
            return state.Count <= Most ? array.ToArray() : throw new ErrnoException(Errno.E2BIG, $"{state.Count} entries");
        }
        finally
        {
            array.RestoreFree();
        }
    }
}
