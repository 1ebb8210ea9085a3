using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.BaseClass;

/// <summary>Two handlers share callbacks by a base class.</summary>
public class Pipe : LuoFile
{
    public uint Capacity { get; init; }
}

[PreservedState]
public struct PipeState
{
    public uint Capacity;
}

public abstract class PipeHandler
{
    protected void Preserve(Pipe file, out PipeState state) => state = new() { Capacity = file.Capacity };

    protected void Unpreserve(Pipe file) { }

    protected void Finish(Pipe? file) { }
}

[LiveUpdateFileHandler("pipe-v1")]
public sealed partial class SmallPipeHandler : PipeHandler
{
    bool CanPreserve(Pipe file) => file.Capacity <= 4096;

    Pipe Retrieve(in PipeState state) => new() { Capacity = state.Capacity };
}

[LiveUpdateFileHandler("large-pipe-v1")]
public sealed partial class LargePipeHandler : PipeHandler
{
    bool CanPreserve(Pipe file) => file.Capacity > 4096;

    Pipe Retrieve(in PipeState state) => new() { Capacity = state.Capacity };
}
