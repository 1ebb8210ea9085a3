using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.OptionalConstructor;

/// <summary>A constructor whose parameters all have defaults, so that it registers itself.</summary>
public sealed class Channel : LuoFile
{
    public ulong Rate { get; init; }
}

[PreservedState]
public struct ChannelState
{
    public ulong Rate;
}

[LiveUpdateFileHandler("channel-v1")]
public sealed partial class ChannelHandler(ulong maximumRate = 1_000_000)
{
    private readonly ulong _maximumRate = maximumRate;

    bool CanPreserve(Channel file) => file.Rate <= _maximumRate;

    void Preserve(Channel file, out ChannelState state) => state = new() { Rate = file.Rate };

    void Unpreserve(Channel file) { }

    Channel Retrieve(ref readonly ChannelState state) => state.Rate <= _maximumRate
        ? new Channel { Rate = state.Rate }
        : throw new ErrnoException(Errno.ERANGE, $"The handed-over channel has a rate of {state.Rate}; {_maximumRate} is the most.");

    void Finish(Channel? file) { }
}
