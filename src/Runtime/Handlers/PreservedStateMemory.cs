using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Handlers;

/// <summary>
/// The memory of the state of one file or FLB. Generated code uses it, so that an author can neither leak the state nor free it twice:
/// allocated in preserve, freed in unpreserve or by a failed preserve. A file's is used up by retrieve, or by finish if nobody retrieved the file;
/// an FLB's by finish, as others read it until then, or by a failed retrieve.
/// </summary>
/// <remarks>A state of at most 8 bytes lies in the handle itself (<see cref="InlineState"/>): then there is nothing to allocate or to free.</remarks>
/// <typeparam name="TState">The state, a <see cref="PreservedStateAttribute"/> struct.</typeparam>
public readonly ref struct PreservedStateMemory<TState>
    where TState : unmanaged
{
    /// <summary>What a used-up state reads as. Who writes to it all the same reaches nobody else.</summary>
    [ThreadStatic]
    private static TState _usedUp;

    private readonly ref TState _value;
    private readonly IKho? _kho;
    private readonly KhoRange _range;
    private readonly Origin _origin;

    // In the handle, or used up: nothing to free.
    private PreservedStateMemory(ref TState value) => _value = ref value;

    private PreservedStateMemory(IKho kho, KhoRange range, Origin origin)
    {
        _value = ref Read(kho, range);
        _kho = kho;
        _range = range;
        _origin = origin;
        if (origin == Origin.Taken)
            kho.Restore(range);
    }

    /// <summary>The state itself, in the memory that survives or in the handle; zero if it was used up.</summary>
    public ref TState Value => ref _value;

    private static bool IsInline => Unsafe.SizeOf<TState>() <= sizeof(ulong);

    /// <summary>Allocates zeroed memory for a file's state, preserves it, and sets the handle to it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory.</exception>
    public static PreservedStateMemory<TState> Allocate(ref LiveUpdateFileOpArgs args) => Allocate(args.Kho, ref args.Handle);

    /// <summary>Allocates zeroed memory for an FLB's state, preserves it, and sets the handle to it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory.</exception>
    public static PreservedStateMemory<TState> Allocate(ref LiveUpdateFlbOpArgs args) => Allocate(args.Kho, ref args.Handle);

    /// <summary>The state of a file that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle is none of this kernel's.</exception>
    public static PreservedStateMemory<TState> FindPreserved(ref LiveUpdateFileOpArgs args) => FindPreserved(args.Kho, ref args.Handle);

    /// <summary>The state of an FLB that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle is none of this kernel's.</exception>
    public static PreservedStateMemory<TState> FindPreserved(ref LiveUpdateFlbOpArgs args) => FindPreserved(args.Kho, ref args.Handle);

    /// <summary>The state of a file that this kernel preserved, as a place: for callbacks that give nothing up.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle is none of this kernel's.</exception>
    public static ref TState GetPreserved(ref LiveUpdateFileOpArgs args)
    {
        if (IsInline)
            return ref FindInline(ref args.Handle).Value;
        return ref Read(args.Kho, args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData)));
    }

    /// <summary>
    /// Takes the state of a file that the previous kernel preserved, to be used up by its retrieve. The handle is not trusted: while the state is read,
    /// nothing that it names can be its own memory.
    /// </summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle does not name inherited memory, or that memory is too small
    /// for the state, or was used up already; or it has bytes set beyond a state that lies in it.</exception>
    public static PreservedStateMemory<TState> FindInherited(ref LiveUpdateFileOpArgs args) => FindInherited(args.Kho, ref args.Handle, Origin.Taken);

    /// <summary>The state of an FLB that the previous kernel preserved. The handle is not trusted.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the handle does not name inherited memory, or that memory is too small
    /// for the state, or was used up already; or it has bytes set beyond a state that lies in it.</exception>
    public static PreservedStateMemory<TState> FindInherited(ref LiveUpdateFlbOpArgs args) => FindInherited(args.Kho, ref args.Handle, Origin.Inherited);

    /// <summary>The state as can_finish and finish find it: inherited while nobody has tried to retrieve the file, used up afterwards.</summary>
    /// <exception cref="ErrnoException">As for <see cref="FindInherited(ref LiveUpdateFileOpArgs)"/>.</exception>
    public static PreservedStateMemory<TState> FindUnretrieved(ref LiveUpdateFileOpArgs args) => args.RetrieveStatus.IsNotTried
        ? FindInherited(args.Kho, ref args.Handle, Origin.Inherited)
        : FindUsedUp();

    /// <summary>Gives up the memory: unpreserves and frees it in the kernel that preserved it, frees it in the one that inherited it.</summary>
    public void Dispose()
    {
        switch (_origin)
        {
            case Origin.Preserved:
                _kho!.UnpreserveFree(_range);
                break;
            case Origin.Inherited:
                _kho!.RestoreFree(_range);
                break;
            case Origin.Taken:
                _kho!.Pages.Free(_range.Folio);
                break;
        }
    }

    private static PreservedStateMemory<TState> Allocate(IKho kho, ref ulong handle)
    {
        handle = 0;
        if (IsInline)
            return FindInline(ref handle);
        KhoRange range = kho.AllocatePreserved(Unsafe.SizeOf<TState>());
        handle = range.Address.Value;
        return new(kho, range, Origin.Preserved);
    }

    // Each callback comes through here: what can't be is decided by the JIT, and what throws is out of the way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PreservedStateMemory<TState> FindPreserved(IKho kho, ref ulong handle) => IsInline
        ? FindInline(ref handle)
        : new(kho, kho.FindPreserved(new PhysicalAddress(handle)), Origin.Preserved);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PreservedStateMemory<TState> FindInherited(IKho kho, ref ulong handle, Origin origin) => IsInline
        ? FindInline(ref handle)
        : new(kho, kho.FindInherited(new PhysicalAddress(handle)), origin);

    private static PreservedStateMemory<TState> FindUsedUp()
    {
        _usedUp = default;
        return new(ref _usedUp);
    }

    private static PreservedStateMemory<TState> FindInline(ref ulong handle)
    {
        _ = InlineState.Unpack<TState>(handle);
        return new(ref Unsafe.As<ulong, TState>(ref handle));
    }

    private static ref TState Read(IKho kho, KhoRange range)
    {
        if (Unsafe.SizeOf<TState>() > range.ByteCount)
            ThrowTooSmall(range);
        return ref MemoryMarshal.AsRef<TState>(kho.GetSpan(range));
    }

    [DoesNotReturn]
    private static void ThrowTooSmall(KhoRange range) => throw new ErrnoException(
        Errno.EINVAL,
        $"The state {typeof(TState).Name} takes {Unsafe.SizeOf<TState>()} bytes, but the handle names {range.ByteCount} bytes at {range.Address}.");

    private enum Origin
    {
        /// <summary>No memory of its own: nothing is given up.</summary>
        None,

        /// <summary>This kernel preserves it.</summary>
        Preserved,

        /// <summary>The previous kernel preserved it, and it can still be found.</summary>
        Inherited,

        /// <summary>The previous kernel preserved it, and it is this kernel's own by now.</summary>
        Taken,
    }
}
