using System.Numerics;
using LuoHandlers.Memory;

namespace LuoHandlers.Vfs;

/// <summary>The object behind one or several open memfds: size, seals and the folios of its contents. Thread-safe.</summary>
internal sealed class MemfdInode(PageAllocator pages, ulong number)
{
    /// <summary>Pages of a huge folio: 2 MiB.</summary>
    private const int HugeOrder = 9;
    private const ulong HugePages = 1UL << HugeOrder;

    private readonly Lock _lock = new();

    /// <summary>The folios by the index of their first page in the file. What is in none of them reads as zero.</summary>
    private readonly Dictionary<ulong, Content> _folios = [];

    /// <summary>The orders of the folios that there are or were: a bit for each.</summary>
    private uint _orders;

    /// <summary>How many preservations keep the size as it is: older kernels allow several.</summary>
    private int _freezeCount;
    private int _openCount = 1;

    public PageAllocator Pages { get; } = pages;

    public ulong Number { get; } = number;

    public long Size { get; private set; }

    public MemfdSeals Seals { get; private set; }

    public void Open()
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _openCount++;
        }
    }

    /// <summary>The last open file is gone: so are the contents.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (--_openCount != 0)
                return;
            foreach (Content content in _folios.Values)
                Pages.Free(content.Folio);
            _folios.Clear();
        }
    }

    public void AddSeals(MemfdSeals seals)
    {
        lock (_lock)
        {
            if ((seals & ~MemfdSeals.All) != 0)
                throw new ErrnoException(Errno.EINVAL, $"There are no seals 0x{(uint)(seals & ~MemfdSeals.All):x}.");
            if ((Seals & MemfdSeals.Seal) != 0)
                throw new ErrnoException(Errno.EPERM, "The memfd is sealed against further seals.");
            Seals |= seals;
        }
    }

    public void SetSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        using RetirementGate.Use use = Pages.EnterUse();
        lock (_lock)
        {
            if (size == Size)
                return;
            ThrowIfFrozen();
            MemfdSeals forbidding = size > Size ? MemfdSeals.Grow : MemfdSeals.Shrink;
            if ((Seals & forbidding) != 0)
                throw new ErrnoException(Errno.EPERM, $"The memfd is sealed against {(size > Size ? "growing" : "shrinking")}.");
            if (size < Size)
                CutBack(size);
            else
                Size = size;
        }
    }

    /// <summary>Reads; a hole reads as zero.</summary>
    /// <returns>How many bytes; less than asked for only at the end.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        using RetirementGate.Use use = Pages.EnterUse();
        // Copied under the lock: the pages may be another file's as soon as they are cut off.
        lock (_lock)
        {
            int total = (int)Math.Min(buffer.Length, Math.Max(Size - offset, 0));
            buffer = buffer[..total];
            while (!buffer.IsEmpty)
            {
                ReadOnlySpan<byte> source = Find(offset);
                int count = source.IsEmpty ? HoleLength(offset, buffer.Length) : Math.Min(source.Length, buffer.Length);
                if (source.IsEmpty)
                    buffer[..count].Clear();
                else
                    source[..count].CopyTo(buffer);
                buffer = buffer[count..];
                offset += count;
            }
            return total;
        }
    }

    /// <summary>Writes, growing the file if the data ends behind its size.</summary>
    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        // Nothing is no write: it neither grows the file nor minds a seal.
        if (data.IsEmpty)
            return;
        using RetirementGate.Use use = Pages.EnterUse();
        lock (_lock)
        {
            ThrowIfSealedAgainstWriting();
            if (offset > long.MaxValue - data.Length)
                throw new ErrnoException(Errno.EFBIG, $"{data.Length} bytes at {offset} end beyond the end of any file.");
            long size = Size;
            long start = offset;
            if (offset + data.Length > size)
                SetSize(offset + data.Length);
            try
            {
                while (!data.IsEmpty)
                {
                    Span<byte> destination = FindOrAllocate(offset);
                    int count = Math.Min(destination.Length, data.Length);
                    data[..count].CopyTo(destination);
                    data = data[count..];
                    offset += count;
                }
            }
            finally
            {
                // Without a page for the rest the file ends where the data does.
                if (!data.IsEmpty)
                    CutBack(offset == start ? size : Math.Max(size, offset));
            }
        }
    }

    /// <summary>The bytes from an offset to the end of their folio or of the file; a hole is filled with zeros first. Empty at the end.</summary>
    public Span<byte> GetSpan(long offset)
    {
        lock (_lock)
        {
            if (offset >= Size)
                return default;
            ThrowIfSealedAgainstWriting();
            return FindOrAllocate(offset);
        }
    }

    /// <summary>The bytes from an offset to the end of their folio or of the file; empty for a hole and at the end.</summary>
    public ReadOnlySpan<byte> GetReadOnlySpan(long offset)
    {
        lock (_lock)
            return offset >= Size ? default : Find(offset);
    }

    /// <summary>Fills all holes.</summary>
    public void AllocateAll()
    {
        lock (_lock)
        {
            ulong end = Page.CountFor((ulong)Size);
            for (ulong index = 0; index < end;)
            {
                if (!TryFind(index, out ulong first, out Folio folio))
                    folio = Allocate(index, out first);
                index = first + (ulong)folio.PageCount;
            }
        }
    }

    public (ulong Index, Folio Folio)[] GetFolios()
    {
        lock (_lock)
        {
            Content[] contents = [.. _folios.Values];
            Array.Sort(contents, static (left, right) => left.Index.CompareTo(right.Index));
            var folios = new (ulong, Folio)[contents.Length];
            for (int i = 0; i < contents.Length; i++)
                folios[i] = (contents[i].Index, contents[i].Folio);
            return folios;
        }
    }

    /// <summary>Takes over a folio as contents.</summary>
    public void Add(ulong index, Folio folio)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            if ((index & ((1UL << folio.Order) - 1)) != 0)
                throw new ErrnoException(Errno.EINVAL, $"A folio of order {folio.Order} can't begin at page {index} of a file.");
            if (index > ulong.MaxValue - (ulong)folio.PageCount || index + (ulong)folio.PageCount > (ulong)long.MaxValue >> Page.Shift)
                throw new ErrnoException(Errno.EFBIG, $"Page {index} is beyond the end of any file.");
            if (!IsHole(index, folio.Order))
                throw new ErrnoException(Errno.EEXIST, $"The file has a folio at page {index}, or right after it, already.");
            Put(index, folio);
        }
    }

    public void Freeze()
    {
        lock (_lock)
            _freezeCount++;
    }

    public void Unfreeze()
    {
        lock (_lock)
            _freezeCount = Math.Max(_freezeCount - 1, 0);
    }

    private void ThrowIfSealedAgainstWriting()
    {
        if ((Seals & (MemfdSeals.Write | MemfdSeals.FutureWrite)) != 0)
            throw new ErrnoException(Errno.EPERM, "The memfd is sealed against writing.");
    }

    private void ThrowIfFrozen()
    {
        if (_freezeCount != 0)
            throw new ErrnoException(Errno.EPERM, "The memfd is preserved for a live update: its size can't change.");
    }

    private Span<byte> Find(long offset) =>
        TryFind((ulong)offset >> Page.Shift, out ulong first, out Folio folio) ? Slice(offset, first, folio) : default;

    private Span<byte> FindOrAllocate(long offset)
    {
        ulong index = (ulong)offset >> Page.Shift;
        if (!TryFind(index, out ulong first, out Folio folio))
            folio = Allocate(index, out first);
        return Slice(offset, first, folio);
    }

    /// <summary>How many bytes from an offset on are a hole, at most up to a limit.</summary>
    private int HoleLength(long offset, int limit)
    {
        long length = 0;
        while (length < limit && !TryFind((ulong)(offset + length) >> Page.Shift, out _, out _))
            length += Page.Size - ((offset + length) & (Page.Size - 1));
        return (int)Math.Min(length, limit);
    }

    private bool TryFind(ulong index, out ulong first, out Folio folio)
    {
        for (uint orders = _orders; orders != 0; orders &= orders - 1)
        {
            int order = BitOperations.TrailingZeroCount(orders);
            first = index & ~((1UL << order) - 1);
            if (_folios.TryGetValue(first, out Content? content) && content.Folio.Order == order)
            {
                folio = content.Folio;
                return true;
            }
        }
        first = index;
        folio = default;
        return false;
    }

    /// <summary>Whether no page of a run, aligned to its size, has a folio.</summary>
    private bool IsHole(ulong first, int order)
    {
        if (TryFind(first, out _, out _))
            return false;
        // Only a smaller folio could lie inside without covering the first page.
        if ((_orders & ((1U << order) - 1)) == 0)
            return true;
        for (ulong page = first; page < first + (1UL << order); page++)
        {
            if (_folios.ContainsKey(page))
                return false;
        }
        return true;
    }

    private void Put(ulong first, Folio folio)
    {
        _folios.Add(first, new Content(first, folio));
        _orders |= 1U << folio.Order;
    }

    private Span<byte> Slice(long offset, ulong first, Folio folio)
    {
        long inFolio = offset - (long)(first << Page.Shift);
        return Pages.GetSpan(folio)[(int)inFolio..(int)Math.Min(folio.ByteCount, Size - offset + inFolio)];
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_openCount == 0, typeof(Memfd));

    private Folio Allocate(ulong index, out ulong first)
    {
        ThrowIfClosed();
        if (CanBeHuge(index, out first) && Pages.TryAllocate(HugeOrder, out Folio huge))
        {
            Put(first, huge);
            return huge;
        }
        first = index;
        Folio folio = Pages.Allocate();
        Put(index, folio);
        return folio;
    }

    /// <summary>Whether the 2 MiB around a page are all inside the file and all a hole (the kernel's <c>huge=within_size</c>).</summary>
    private bool CanBeHuge(ulong index, out ulong first)
    {
        first = index & ~(HugePages - 1);
        return (first + HugePages) << Page.Shift <= (ulong)Size && IsHole(first, HugeOrder);
    }

    private void CutBack(long size)
    {
        Size = size;
        ulong end = Page.CountFor((ulong)size);
        foreach (Content content in _folios.Values.ToArray())
        {
            if (content.Index >= end)
            {
                _folios.Remove(content.Index);
                Pages.Free(content.Folio);
            }
        }
        // What is cut off must read as zero if the file grows again.
        if (TryFind((ulong)size >> Page.Shift, out ulong last, out Folio partial))
            Pages.GetSpan(partial)[(int)(size - (long)(last << Page.Shift))..].Clear();
    }

    /// <summary>A folio and where it is in the file.</summary>
    private sealed record Content(ulong Index, Folio Folio);
}
