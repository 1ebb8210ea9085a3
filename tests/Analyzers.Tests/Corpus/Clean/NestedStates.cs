using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.NestedStates;

/// <summary>A state in a state, both marked, and a plain struct in them.</summary>
public sealed class Range : LuoFile
{
    public ulong First, Last, Written;
}

public struct Extent
{
    public ulong First;
    public ulong Last;
}

[PreservedState]
public struct Header
{
    public uint Version;
    public uint Size;
}

[PreservedState]
public struct RangeState
{
    public Header Header;
    public Extent Extent;
    public ulong Written;
}

[LiveUpdateFileHandler("range-v1")]
public sealed partial class RangeHandler
{
    bool CanPreserve(Range file) => file.First <= file.Last;

    void Preserve(Range file, out RangeState state)
    {
        state = new RangeState { Header = new Header { Version = 1, Size = 32 }, Written = file.Written };
        state.Extent.First = file.First;
        state.Extent.Last = file.Last;
    }

    void Freeze(Range file, ref RangeState state) => state.Written = file.Written;

    void Unpreserve(Range file) { }

    Range Retrieve(in RangeState state)
    {
        if (state.Header is not { Version: 1, Size: 32 })
            throw new ErrnoException(Errno.EINVAL, $"The handed-over range is of version {state.Header.Version}.");
        return new Range { First = state.Extent.First, Last = state.Extent.Last, Written = state.Written };
    }

    void Finish(Range? file) { }
}
