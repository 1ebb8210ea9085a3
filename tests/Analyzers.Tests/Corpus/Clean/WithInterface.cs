using System;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.WithInterface;

/// <summary>Implements an interface of its own, and is disposable.</summary>
public interface INamed
{
    string Name { get; }
}

public sealed class Ring : LuoFile
{
    public uint Size { get; init; }

    public uint Head { get; set; }
}

[PreservedState]
public struct RingState
{
    public uint Size;
    public uint Head;
}

[LiveUpdateFileHandler("ring-v1")]
public sealed partial class RingHandler : INamed, IDisposable
{
    public string Name => "ring";

    public void Dispose()
    {
    }

    bool CanPreserve(Ring file) => file.Size is > 0 and <= 4096;

    void Preserve(Ring file, out RingState state) => state = new() { Size = file.Size, Head = file.Head };

    void Freeze(Ring file, ref RingState state) => state.Head = file.Head;

    void Unpreserve(Ring file) { }

    Ring Retrieve(in RingState state)
    {
        if (state.Size is 0 or > 4096 || state.Head >= state.Size)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over ring is at {state.Head} of {state.Size}.");
        return new Ring { Size = state.Size, Head = state.Head };
    }

    void Finish(Ring? file) { }
}
