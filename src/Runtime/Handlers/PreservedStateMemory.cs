using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Handlers;

/// <summary>
/// The memory of one file's state. Generated handlers use it, so that an author can neither leak the state nor free it twice:
/// allocated in preserve, freed in unpreserve or by a failed preserve; used up by retrieve, or by finish if nobody retrieved the file.
/// </summary>
/// <typeparam name="TState">The state, a <see cref="PreservedStateAttribute"/> struct.</typeparam>
public readonly ref struct PreservedStateMemory<TState>
    where TState : unmanaged
{
    private readonly IKho _kho;
    private readonly KhoRange _range;

    private PreservedStateMemory(IKho kho, KhoRange range)
    {
        _kho = kho;
        _range = range;
    }

    /// <summary>The state itself, in the memory that survives.</summary>
    public ref TState Value => ref MemoryMarshal.AsRef<TState>(_kho.GetSpan(_range));

    /// <summary>The handle to hand over: the state's physical address.</summary>
    public ulong SerializedData => _range.Address.Value;

    /// <summary>Allocates zeroed memory for a state and preserves it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory.</exception>
    public static PreservedStateMemory<TState> Allocate(IKho kho) => new(kho, kho.AllocatePreserved(Unsafe.SizeOf<TState>()));

    /// <summary>The state that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle is none of this kernel's.</exception>
    public static PreservedStateMemory<TState> FindPreserved(IKho kho, ulong serializedData) =>
        new(kho, Check(kho.FindPreserved(new PhysicalAddress(serializedData))));

    /// <summary>The state that the previous kernel preserved. The handle is not trusted.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle does not name inherited memory, or that memory is too small
    /// for the state, or was used up already.</exception>
    public static PreservedStateMemory<TState> FindInherited(IKho kho, ulong serializedData) =>
        new(kho, Check(kho.FindInherited(new PhysicalAddress(serializedData))));

    /// <summary>Gives up the memory in the kernel that preserved it.</summary>
    public void UnpreserveFree() => _kho.UnpreserveFree(_range);

    /// <summary>Gives up the memory in the kernel that inherited it.</summary>
    public void RestoreFree() => _kho.RestoreFree(_range);

    private static KhoRange Check(KhoRange range) => Unsafe.SizeOf<TState>() <= range.ByteCount
        ? range
        : throw new ErrnoException(
            Errno.EINVAL,
            $"The state {typeof(TState).Name} takes {Unsafe.SizeOf<TState>()} bytes, but the handle names {range.ByteCount} bytes at {range.Address}.");
}
