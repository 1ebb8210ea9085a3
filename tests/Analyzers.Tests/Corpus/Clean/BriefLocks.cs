using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace Clean.BriefLocks;

// A lock of the handler around its own lists, and a file that is flushed in Freeze.
public sealed class Db : LuoFile
{
    public ulong Lsn { get; private set; }
    public ulong Generation { get; set; }
    public int Freezes { get; set; }
    public DateTime LastFrozen { get; set; }
    public string Title { get; internal set; } = "";
    public uint Kind { get; set; }
    public void Restart(ulong lsn) => Lsn = lsn;
    public void Flush() => Lsn++;
    public void Checkpoint() => Lsn++;
    public void WriteTo(Span<byte> target) => target.Clear();
    public void CopyPositionTo(DbPosition position) => position.Value = Lsn;
}

public sealed class DbPosition { public ulong Value; }

[PreservedState] public struct DbState { public ulong Lsn; public ulong Generation; }

[LiveUpdateFileHandler("db-v1")]
public sealed partial class DbHandler
{
    private readonly object _gate = new();
    private readonly List<Db> _preserved = [];
    private readonly Dictionary<Db, long> _since = [];
    private int _count;

    bool CanPreserve(Db file) => true;
    void Preserve(Db file, out DbState state)
    {
        state = new() { Lsn = file.Lsn, Generation = file.Generation };
        lock (_gate) _preserved.Add(file);
        _since[file] = Environment.TickCount64;
        _count++;
    }

    void Freeze(Db file, ref DbState state)
    {
        file.Flush();
        file.Freezes++;
        file.LastFrozen = DateTime.UtcNow;
        lock (_gate)
            Console.WriteLine($"{_preserved.Count} preserved");
        state.Lsn = file.Lsn;
        state.Generation = file.Generation;
    }

    void Unpreserve(Db file)
    {
        lock (_gate) _preserved.Remove(file);
        _since.Remove(file);
        _count--;
    }

    Db Retrieve(in DbState state)
    {
        var db = new Db { Generation = state.Generation };
        while (db.Lsn < state.Lsn && db.Lsn < 100)
            db.Checkpoint();
        return db;
    }

    void Finish(Db? file)
    {
        if (file is not null && _since.TryGetValue(file, out long since))
            Console.WriteLine($"after {since} ms, {_count} left");
    }
}

[LiveUpdateFileHandler("db-flush-v1")]
public sealed partial class DbFlushHandler
{
    bool CanPreserve(Db file) => file.Title.Length == 0;
    void Preserve(Db file, out DbState state) => state = new() { Lsn = file.Lsn, Generation = file.Generation };
    void Freeze(Db file, ref DbState state)
    {
        file.Checkpoint();
        var position = new DbPosition();
        file.CopyPositionTo(position);
        state.Lsn = position.Value;
        state.Generation = file.Generation;
    }
    void Unpreserve(Db file) { }
    Db Retrieve(in DbState state)
    {
        var db = new Db { Generation = state.Generation };
        db.Restart(state.Lsn);
        return db;
    }
    void Finish(Db? file) { }
}

[PreservedState] public struct DbState3 { public ulong Lsn; public ulong Generation; public uint Kind; public uint Pad; }

/// <summary>Kind can't change once it is set by Open: internal set.</summary>
[LiveUpdateFileHandler("db-kind-v1")]
public sealed partial class DbKindHandler
{
    bool CanPreserve(Db3 file) => true;
    void Preserve(Db3 file, out DbState3 state) => state = new() { Lsn = file.Lsn, Generation = file.Generation, Kind = file.Kind };
    void Freeze(Db3 file, ref DbState3 state) => state.Lsn = file.Lsn;
    void Unpreserve(Db3 file) { }
    Db3 Retrieve(in DbState3 state) => new(state.Kind) { Lsn = state.Lsn, Generation = state.Generation };
    void Finish(Db3? file) { }
}

public sealed class Db3 : LuoFile
{
    public Db3(uint kind) => Kind = kind;
    public ulong Lsn { get; set; }
    public ulong Generation { get; internal set; }
    public uint Kind { get; internal set; }
}
