using System;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.FlagsEnum;

/// <summary>Accepts only the flags that this version knows, on both sides.</summary>
[Flags]
public enum Seals : uint
{
    None = 0,
    Grow = 1,
    Shrink = 2,
    All = Grow | Shrink,
}

public enum Kind : byte
{
    Plain,
    Huge,
}

public sealed class Segment : LuoFile
{
    public Seals Seals { get; set; }

    public Kind Kind { get; init; }
}

[PreservedState]
public struct SegmentState
{
    public Seals Seals;
    public Kind Kind;
    public byte Reserved;
    public ushort Reserved2;
}

[LiveUpdateFileHandler("segment-v2")]
public sealed partial class SegmentHandler
{
    bool CanPreserve(Segment file) => (file.Seals & ~Seals.All) == 0;

    void Preserve(Segment file, out SegmentState state) => state = new() { Seals = file.Seals, Kind = file.Kind };

    void Unpreserve() { }

    void Freeze(Segment file, ref SegmentState state) => state.Seals = file.Seals;

    Segment Retrieve(in SegmentState state)
    {
        Validate(state);
        return new Segment { Seals = state.Seals, Kind = state.Kind };
    }

    void Finish() { }

    private static void Validate(SegmentState state)
    {
        if ((state.Seals & ~Seals.All) != 0)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The handed-over segment has unknown seals: {state.Seals}.");
        if (state.Reserved != 0 || state.Reserved2 != 0)
            throw new ErrnoException(Errno.EINVAL, "The handed-over segment has something in a reserved field.");
        if (state.Kind > Kind.Huge)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The handed-over segment is of unknown kind {state.Kind}.");
    }
}
