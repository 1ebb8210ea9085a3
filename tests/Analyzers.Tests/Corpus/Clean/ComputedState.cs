using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.ComputedState;

/// <summary>Makes its state in a helper, and reads it in another.</summary>
public sealed class Filter : LuoFile
{
    public uint Mask;
    public uint Value;
    public ulong Hits;
}

[PreservedState]
public struct FilterState
{
    public uint Mask;
    public uint Value;
    public ulong Hits;
}

[LiveUpdateFileHandler("filter-v12")]
public sealed partial class FilterHandler
{
    bool CanPreserve(Filter file) => (file.Value & ~file.Mask) == 0;

    void Preserve(Filter file, out FilterState state) => state = Describe(file);

    void Freeze(Filter file, ref FilterState state) => state = Describe(file) with { Hits = file.Hits };

    void Unpreserve(Filter file) { }

    Filter Retrieve(in FilterState state) => Open(state);

    void Finish(Filter? file) { }

    private static FilterState Describe(Filter file)
    {
        FilterState state = default;
        (state.Mask, state.Value) = (file.Mask, file.Value);
        state.Hits += file.Hits;
        return state;
    }

    private static Filter Open(in FilterState state)
    {
        if ((state.Value & ~state.Mask) != 0)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over filter has 0x{state.Value:x} for mask 0x{state.Mask:x}.");
        return new Filter { Mask = state.Mask, Value = state.Value, Hits = state.Hits };
    }
}
