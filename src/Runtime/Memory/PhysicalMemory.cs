using System.Runtime.InteropServices;
using LuoHandlers.Native;

namespace LuoHandlers.Memory;

/// <summary>
/// The physical memory of a machine: all that survives from one kernel to the next. Sparse: only what is written takes real memory.
/// On Linux it is one memfd, so that it can outlive the process image; elsewhere it is plain memory of the process.
/// </summary>
public sealed unsafe class PhysicalMemory : IDisposable
{
    /// <summary>The largest address that is accepted as the end of memory: 2^46, what x86-64 can have.</summary>
    public const ulong MaximumEnd = 1UL << 46;

    private readonly MemoryFile? _file;
    private byte* _start;

    private PhysicalMemory(PhysicalAddress baseAddress, ulong size, MemoryFile? file)
    {
        BaseAddress = baseAddress;
        Size = size;
        _file = file;
        _start = file is null ? Allocate(size) : file.Start;
    }

    /// <summary>Returns what is not given back by <see cref="Dispose"/>.</summary>
    ~PhysicalMemory() => Free();

    /// <summary>The address of the first byte.</summary>
    public PhysicalAddress BaseAddress { get; }

    /// <summary>The size in bytes.</summary>
    public ulong Size { get; }

    /// <summary>The address behind the last byte.</summary>
    public PhysicalAddress End => new(BaseAddress.Value + Size);

    /// <summary>Whether the memory can be passed on to another program by <c>execve</c>.</summary>
    public bool CanOutliveProcess => _file is not null;

    /// <summary>The memory file; null unless <see cref="CanOutliveProcess"/>.</summary>
    internal MemoryFile? File => _file;

    /// <summary>Creates memory that reads as zero.</summary>
    /// <param name="baseAddress">The address of the first byte; a multiple of the page size.</param>
    /// <param name="size">The size in bytes; a multiple of the page size, at least one page.</param>
    /// <exception cref="ArgumentException">Not a multiple of the page size, or it ends beyond <see cref="MaximumEnd"/>.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for it.</exception>
    public static PhysicalMemory Create(PhysicalAddress baseAddress, ulong size)
    {
        CheckRange(baseAddress, size);
        return new PhysicalMemory(baseAddress, size, OperatingSystem.IsLinux() ? MemoryFile.Create(size) : null);
    }

    /// <summary>Takes over memory that the previous program image of this process left open.</summary>
    internal static PhysicalMemory Inherit(PhysicalAddress baseAddress, ulong size, int descriptor)
    {
        CheckRange(baseAddress, size);
        return new PhysicalMemory(baseAddress, size, MemoryFile.Inherit(descriptor, size));
    }

    /// <summary>Whether a whole range of bytes is in this memory.</summary>
    public bool Contains(PhysicalAddress address, ulong length) =>
        address >= BaseAddress && length <= Size && address.Value - BaseAddress.Value <= Size - length;

    /// <summary>
    /// The bytes at an address. The span must not be used after the memory is disposed, and does not keep it from being collected: whoever uses it must
    /// hold on to the memory, or to its machine.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not in this memory.</exception>
    public Span<byte> GetSpan(PhysicalAddress address, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (length < 0 || !Contains(address, (ulong)length))
            throw new ArgumentOutOfRangeException(nameof(address), $"{length} bytes at {address} are not in memory, which is {BaseAddress} to {End}.");
        return new Span<byte>(_start + (address.Value - BaseAddress.Value), length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Why there can be no memory of a base and a size; null if there can.</summary>
    internal static string? FindFault(PhysicalAddress baseAddress, ulong size)
    {
        if (!baseAddress.IsPageAligned)
            return $"The base address {baseAddress} of the memory is no multiple of the page size, {Page.Size}.";
        if (size == 0 || size % Page.Size != 0)
            return $"The size of the memory, {size} bytes, is no multiple of the page size, {Page.Size}, or zero.";
        if (size > MaximumEnd || baseAddress.Value > MaximumEnd - size)
            return $"Memory of {size} bytes at {baseAddress} ends beyond 0x{MaximumEnd:x}.";
        return null;
    }

    private static void CheckRange(PhysicalAddress baseAddress, ulong size)
    {
        if (FindFault(baseAddress, size) is { } fault)
            throw new ArgumentException(fault, baseAddress.IsPageAligned ? nameof(size) : nameof(baseAddress));
    }

    private static byte* Allocate(ulong size)
    {
        try
        {
            return (byte*)NativeMemory.AllocZeroed(checked((nuint)size));
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            throw new ErrnoException(Errno.ENOMEM, $"The process has no room for a machine's memory of {size} bytes.", e);
        }
    }

    private void Free()
    {
        if (_start is null)
            return;
        if (_file is null)
            NativeMemory.Free(_start);
        else
            _file.Dispose();
        _start = null;
    }
}
