using System.Runtime.CompilerServices;

namespace LuoHandlers.Handlers;

/// <summary>A state of at most 8 bytes, carried in the handle itself: its bytes are the low bytes of the u64, the rest is zero.</summary>
public static class InlineState
{
    /// <summary>Puts a state into a handle.</summary>
    /// <typeparam name="TState">At most 8 bytes.</typeparam>
    public static ulong Pack<TState>(in TState state)
        where TState : unmanaged
    {
        ulong serializedData = 0;
        Unsafe.WriteUnaligned(ref Unsafe.As<ulong, byte>(ref serializedData), state);
        return serializedData;
    }

    /// <summary>Takes a state out of a handle.</summary>
    /// <typeparam name="TState">At most 8 bytes.</typeparam>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: bytes beyond the state are not zero.</exception>
    public static TState Unpack<TState>(ulong serializedData)
        where TState : unmanaged
    {
        if (Unsafe.SizeOf<TState>() < sizeof(ulong) && serializedData >> (8 * Unsafe.SizeOf<TState>()) != 0)
        {
            throw new ErrnoException(
                Errno.EINVAL,
                $"The handle 0x{serializedData:x} has bytes set beyond the {Unsafe.SizeOf<TState>()} bytes of {typeof(TState).Name}.");
        }
        return Unsafe.ReadUnaligned<TState>(ref Unsafe.As<ulong, byte>(ref serializedData));
    }
}
