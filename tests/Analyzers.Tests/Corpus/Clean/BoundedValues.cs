using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.BoundedValues;

// Values whose types have room for more than they can be.
public sealed class Probe(PageAllocator pages, Folio folio, int level) : LuoFile
{
    private int _tone;
    public Folio Folio => folio;
    public int Level { get; } = level is >= 0 and < 256 ? level : throw new ArgumentOutOfRangeException(nameof(level));
    public int Tone
    {
        get => _tone;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, 255u);
            _tone = value;
        }
    }
    public IPEndPoint Peer { get; set; } = new(IPAddress.Loopback, 80);
    public List<int> Items { get; } = [];
    public ulong Id { get; init; }
    public int Shown { get; init; }
    public int Marks { get; init; }
    public DateOnly Day { get; init; }
    protected override void Release() => pages.Free(folio);
}

[PreservedState]
public struct ProbeState
{
    public PhysicalAddress Page;
    public uint IdLow, IdHigh;
    public uint Hash;
    public ushort Port, Count, Year;
    public byte Order, Level, Tone, Month;
    public ushort Top;
}

[LiveUpdateFileHandler("probe-v1")]
public sealed partial class ProbeHandler
{
    bool CanPreserve(Probe file) => true;

    void Preserve(Probe file, out ProbeState state, IKho kho)
    {
        int count = Math.Min(file.Items.Count, 100);
        int top = file.Items.Count & 0xffff;
        ulong hash = 14695981039346656037;
        foreach (int item in file.Items)
            hash = (hash ^ (uint)item) * 1099511628211;
        ulong id = file.Id;
        state = new ProbeState
        {
            Page = kho.Preserve(file.Folio).Address,
            Order = (byte)file.Folio.Order,
            Port = (ushort)file.Peer.Port,
            Count = (ushort)count,
            Top = (ushort)top,
            Hash = (uint)hash,
            Level = (byte)file.Level,
            Tone = (byte)file.Tone,
            Month = (byte)file.Day.Month,
            Year = (ushort)file.Day.Year,
            IdLow = (uint)id,
            IdHigh = (uint)(id >> 32),
        };
    }

    void Unpreserve(in ProbeState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

    Probe Retrieve(in ProbeState state, IKho kho)
    {
        var range = kho.FindInherited(state.Page);
        if (range.Folio.Order != state.Order || state.Month is 0 or > 12 || state.Year is 0 or > 9999 || state.Hash == 0)
        {
            kho.RestoreFree(range);
            throw new ErrnoException(Errno.EINVAL);
        }
        return new Probe(kho.Pages, kho.Restore(range), state.Level)
        {
            Tone = state.Tone,
            Id = ((ulong)state.IdHigh << 32) | state.IdLow,
            Peer = new(IPAddress.Loopback, state.Port),
            Day = new DateOnly(state.Year, state.Month, 1),
            Shown = state.Count,
            Marks = state.Top,
        };
    }

    void Finish(Probe? file, in ProbeState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
