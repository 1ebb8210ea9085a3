using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Handlers;

/// <summary>
/// The memory of one file's state. Generated handlers use it, so that an author can neither leak the state nor free it twice:
/// allocated in preserve, freed in unpreserve or by a failed preserve; used up by retrieve, or by finish if nobody retrieved the file.
/// </summary>
/// <remarks>A state of at most 8 bytes lies in the handle itself (<see cref="InlineState"/>): then there is nothing to allocate or to free.</remarks>
/// <typeparam name="TState">The state, a <see cref="PreservedStateAttribute"/> struct.</typeparam>
public ref struct PreservedStateMemory<TState>
    where TState : unmanaged
{
    private readonly IKho _kho;
    private readonly KhoRange _range;
    private ulong _handle;

    private PreservedStateMemory(IKho kho, KhoRange range)
    {
        _kho = kho;
        _range = range;
        _handle = range.Address.Value;
    }

    private PreservedStateMemory(IKho kho, ulong inlineState)
    {
        _kho = kho;
        _handle = inlineState;
    }

    /// <summary>The state itself, in the memory that survives or in the handle.</summary>
    [UnscopedRef]
    public ref TState Value => ref IsInline
        ? ref Unsafe.As<ulong, TState>(ref _handle)
        : ref MemoryMarshal.AsRef<TState>(_kho.GetSpan(_range));

    /// <summary>The handle to hand over: the state's physical address, or the state itself.</summary>
    public readonly ulong SerializedData => _handle;

    private static bool IsInline => Unsafe.SizeOf<TState>() <= sizeof(ulong);

    /// <summary>Allocates zeroed memory for a state and preserves it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory.</exception>
    public static PreservedStateMemory<TState> Allocate(IKho kho) =>
        IsInline ? new(kho, 0) : new(kho, kho.AllocatePreserved(Unsafe.SizeOf<TState>()));

    /// <summary>The state that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle is none of this kernel's.</exception>
    public static PreservedStateMemory<TState> FindPreserved(IKho kho, ulong serializedData) => IsInline
        ? new(kho, CheckInline(serializedData))
        : new(kho, Check(kho.FindPreserved(new PhysicalAddress(serializedData))));

    /// <summary>The state that the previous kernel preserved. The handle is not trusted.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle does not name inherited memory, or that memory is too small
    /// for the state, or was used up already; or it has bytes beyond a state that lies in it.</exception>
    public static PreservedStateMemory<TState> FindInherited(IKho kho, ulong serializedData) => IsInline
        ? new(kho, CheckInline(serializedData))
        : new(kho, Check(kho.FindInherited(new PhysicalAddress(serializedData))));

    /// <summary>Gives up the memory in the kernel that preserved it.</summary>
    public readonly void UnpreserveFree()
    {
        if (!IsInline)
            _kho.UnpreserveFree(_range);
    }

    /// <summary>Gives up the memory in the kernel that inherited it.</summary>
    public readonly void RestoreFree()
    {
        if (!IsInline)
            _kho.RestoreFree(_range);
    }

    private static ulong CheckInline(ulong serializedData)
    {
        _ = InlineState.Unpack<TState>(serializedData);
        return serializedData;
    }

    private static KhoRange Check(KhoRange range) => Unsafe.SizeOf<TState>() <= range.ByteCount
        ? range
        : throw new ErrnoException(
            Errno.EINVAL,
            $"The state {typeof(TState).Name} takes {Unsafe.SizeOf<TState>()} bytes, but the handle names {range.ByteCount} bytes at {range.Address}.");
}
