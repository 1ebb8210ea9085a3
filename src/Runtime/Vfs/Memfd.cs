using LuoHandlers.Memory;

namespace LuoHandlers.Vfs;

/// <summary>
/// An anonymous memory file, as <c>memfd_create</c> makes it: its contents are pages of the machine's physical memory, sparse, of 2 MiB where
/// the file covers them and of 4 KiB elsewhere. Thread-safe, except for <see cref="Position"/>.
/// </summary>
public sealed class Memfd : LuoFile
{
    private static ulong _lastInode;

    private readonly MemfdInode _inode;
    private long _position;

    /// <summary>Makes an empty memfd that allows sealing.</summary>
    /// <param name="pages">Where its pages come from: those of the kernel that it belongs to.</param>
    public Memfd(PageAllocator pages)
        : this(new MemfdInode(pages ?? throw new ArgumentNullException(nameof(pages)), Interlocked.Increment(ref _lastInode)))
    {
    }

    private Memfd(MemfdInode inode) => _inode = inode;

    /// <summary>The number of the inode: what several open files of one memfd have in common.</summary>
    public ulong InodeNumber => _inode.Number;

    /// <summary>Where its pages come from. Only a handler of the same kernel (<see cref="Kho.IKho.Pages"/>) can preserve it.</summary>
    public PageAllocator Pages => _inode.Pages;

    /// <summary>The size in bytes.</summary>
    public long Size => _inode.Size;

    /// <summary>Where <see cref="Read"/> and <see cref="Write"/> go on; 0 or more, may be beyond the end.</summary>
    public long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>What may not be done any more.</summary>
    public MemfdSeals Seals => _inode.Seals;

    /// <summary>Opens the same memfd once more: same contents, size and seals, its own position.</summary>
    public Memfd Reopen()
    {
        _inode.Open();
        return new Memfd(_inode);
    }

    /// <summary>Adds seals (<c>F_ADD_SEALS</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EPERM"/>: it is sealed against that. <see cref="Errno.EINVAL"/>: no such seal.</exception>
    public void AddSeals(MemfdSeals seals) => _inode.AddSeals(seals);

    /// <summary>Changes the size (<c>ftruncate</c>); what is new reads as zero.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EPERM"/>: sealed against it, or preserved for a live update.</exception>
    public void SetSize(long size) => _inode.SetSize(size);

    /// <summary>Reads at the position, and moves it.</summary>
    /// <returns>How many bytes; less than asked for only at the end.</returns>
    public int Read(Span<byte> buffer)
    {
        int count = ReadAt(_position, buffer);
        _position += count;
        return count;
    }

    /// <summary>Reads at an offset (<c>pread</c>).</summary>
    /// <returns>How many bytes; less than asked for only at the end.</returns>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _inode.Read(offset, buffer);
    }

    /// <summary>Writes at the position, and moves it; the file grows if need be.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EPERM"/>: sealed against it, or it would grow while preserved for a live update.
    /// <see cref="Errno.EFBIG"/>: beyond the end of any file. <see cref="Errno.ENOMEM"/>: no page.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        WriteAt(_position, data);
        _position += data.Length;
    }

    /// <summary>Writes at an offset (<c>pwrite</c>); the file grows if need be.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EPERM"/>: sealed against it, or it would grow while preserved for a live update.
    /// <see cref="Errno.EFBIG"/>: beyond the end of any file. <see cref="Errno.ENOMEM"/>: no page.</exception>
    public void WriteAt(long offset, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _inode.Write(offset, data);
    }

    /// <summary>
    /// The contents themselves, from an offset to the end of the folio or of the file; a hole is filled with zeros first. Shared with all who
    /// have the file, and not to be used after it is released or its kernel replaced.
    /// </summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EPERM"/>: sealed against writing. <see cref="Errno.ENOMEM"/>: no page.</exception>
    public Span<byte> GetSpan(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _inode.GetSpan(offset);
    }

    /// <summary>The contents themselves to read, as <see cref="GetSpan"/>; empty at a hole and at the end.</summary>
    public ReadOnlySpan<byte> GetReadOnlySpan(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _inode.GetReadOnlySpan(offset);
    }

    /// <summary>
    /// For a handler: fills all holes and keeps the size as it is, until <see cref="UnfreezeMapping"/> (the kernel's <c>shmem_freeze</c>, and
    /// the pinning of all folios). Contents may still be written.
    /// </summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no page for a hole; the size may change as before.</exception>
    public void FreezeMapping()
    {
        _inode.Freeze();
        bool isComplete = false;
        try
        {
            _inode.AllocateAll();
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
                _inode.Unfreeze();
        }
    }

    /// <summary>For a handler: takes <see cref="FreezeMapping"/> back.</summary>
    public void UnfreezeMapping() => _inode.Unfreeze();

    /// <summary>For a handler: the folios of the contents with the index of their first page in the file, in order of the index.</summary>
    public IReadOnlyList<(ulong Index, Folio Folio)> GetFolios() => _inode.GetFolios();

    /// <summary>For a handler: makes a restored folio part of the contents. The memfd owns it from then on.</summary>
    /// <param name="index">The index of its first page in the file; a multiple of the folio's size.</param>
    /// <param name="folio">The folio.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the index does not fit the folio. <see cref="Errno.EEXIST"/>: there are contents
    /// already. <see cref="Errno.EFBIG"/>: beyond the end of any file. The caller still owns the folio then.</exception>
    public void AddFolio(ulong index, Folio folio) => _inode.Add(index, folio);

    /// <inheritdoc/>
    protected override void Release() => _inode.Close();
}
