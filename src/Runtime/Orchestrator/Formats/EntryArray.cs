using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>Entries in one run of preserved pages of a fixed size, with or without a u64 count before them.</summary>
/// <param name="kho">Where.</param>
/// <param name="layout">How many bytes there are, and what they are divided into.</param>
/// <param name="limitError">What it is if there is no room for more.</param>
internal sealed class EntryArray(KexecHandover kho, EntryArrayLayout layout, Errno limitError) : EntryStore
{
    private KhoRange? _range;
    private int _written;

    public override PhysicalAddress Address => _range?.Address ?? PhysicalAddress.Null;

    public override int Capacity => HasMemory ? layout.Capacity : 0;

    public override bool HasMemory => _range is not null;

    /// <summary>Takes memory that stays for good: it is never given back for want of entries.</summary>
    public bool IsPermanent { get; init; }

    public override int CheckLimit(int count) => count > layout.Capacity ? -(int)limitError : 0;

    public override int Reserve(int count)
    {
        int result = CheckLimit(count);
        if (result != 0 || HasMemory)
            return result;
        if (!kho.TryAllocatePreserved(layout.ByteCount, out KhoRange range))
            return -(int)Errno.ENOMEM;
        _range = range;
        return 0;
    }

    public override void Trim(int count)
    {
        if (count != 0 || IsPermanent || _range is not { } range)
            return;
        kho.UnpreserveFree(range);
        _range = null;
    }

    public override void Begin()
    {
        _written = 0;
        WriteCount();
    }

    public override Span<byte> Append()
    {
        Span<byte> entry = kho.GetSpan(_range!.Value).Slice(layout.GetOffset(_written), layout.EntrySize);
        _written++;
        WriteCount();
        return entry;
    }

    public override void Clear()
    {
        if (_range is { } range)
            kho.GetSpan(range).Clear();
    }

    public override void Abandon() => _range = null;

    private void WriteCount()
    {
        if (layout.HasCount && _range is { } range)
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(range), (ulong)_written);
    }
}
