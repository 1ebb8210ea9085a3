namespace LuoHandlers.Vfs;

/// <summary>The file descriptors of the one process of an emulated kernel. The lowest free number is used; 0 to 2 are taken. Thread-safe.</summary>
public sealed class DescriptorTable
{
    private const int FirstNumber = 3;

    private readonly Lock _lock = new();
    private readonly int _limit;
    private Entry[] _entries = new Entry[64];
    private int _lowestFree = FirstNumber;
    private int _openCount;

    /// <summary>Creates a table.</summary>
    /// <param name="limit">All numbers are below it.</param>
    public DescriptorTable(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        _limit = limit;
    }

    /// <summary>How many descriptors are open.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
                return _openCount;
        }
    }

    /// <summary>Takes a number out for a file that is to come (<c>get_unused_fd_flags</c>).</summary>
    /// <returns>False: the table is full (EMFILE).</returns>
    internal bool TryReserve(out int descriptor)
    {
        lock (_lock)
        {
            descriptor = _lowestFree;
            if (descriptor >= _limit)
                return false;
            if (descriptor >= _entries.Length)
                Array.Resize(ref _entries, _entries.Length * 2);
            _entries[descriptor].IsTaken = true;
            int next = descriptor + 1;
            while (next < _entries.Length && _entries[next].IsTaken)
                next++;
            _lowestFree = next;
            return true;
        }
    }

    /// <summary>Gives back a number that no file came for (<c>put_unused_fd</c>).</summary>
    internal void CancelReservation(int descriptor)
    {
        lock (_lock)
            FreeNumber(descriptor);
    }

    /// <summary>Puts a file behind a reserved number; the caller's reference becomes the descriptor's (<c>fd_install</c>).</summary>
    internal void Install(int descriptor, LuoFile file, bool isPathOnly = false)
    {
        lock (_lock)
        {
            _entries[descriptor].File = file;
            _entries[descriptor].IsPathOnly = isPathOnly;
            _openCount++;
        }
    }

    /// <summary>The file of a descriptor, with a reference taken for the caller; null if it is not open for use (EBADF).</summary>
    internal LuoFile? GetFile(int descriptor)
    {
        lock (_lock)
        {
            if (!IsOpen(descriptor) || _entries[descriptor].IsPathOnly)
                return null;
            LuoFile file = _entries[descriptor].File!;
            file.Get();
            return file;
        }
    }

    /// <summary>The file of a descriptor without a reference; null if the descriptor is not open.</summary>
    internal LuoFile? Peek(int descriptor)
    {
        lock (_lock)
            return IsOpen(descriptor) ? _entries[descriptor].File : null;
    }

    /// <summary>Makes a further descriptor of the same open file.</summary>
    /// <returns>The number, or a negative errno: EBADF, EMFILE.</returns>
    internal int Duplicate(int descriptor)
    {
        lock (_lock)
        {
            if (!IsOpen(descriptor))
                return -(int)Errno.EBADF;
            Entry entry = _entries[descriptor];
            if (!TryReserve(out int copy))
                return -(int)Errno.EMFILE;
            entry.File!.Get();
            Install(copy, entry.File, entry.IsPathOnly);
            return copy;
        }
    }

    /// <summary>Closes a descriptor and puts its reference on the file.</summary>
    /// <returns>0, or a negative errno: EBADF.</returns>
    internal int Close(int descriptor)
    {
        LuoFile file;
        lock (_lock)
        {
            if (!IsOpen(descriptor))
                return -(int)Errno.EBADF;
            file = _entries[descriptor].File!;
            FreeNumber(descriptor);
            _openCount--;
        }
        file.Put();
        return 0;
    }

    private bool IsOpen(int descriptor) => descriptor >= 0 && descriptor < _entries.Length && _entries[descriptor].File is not null;

    private void FreeNumber(int descriptor)
    {
        _entries[descriptor] = default;
        _lowestFree = Math.Min(_lowestFree, descriptor);
    }

    private struct Entry
    {
        public LuoFile? File;
        public bool IsPathOnly;
        public bool IsTaken;
    }
}
