using LuoHandlers;

namespace VfioHandlerSample;

/// <summary>What is handed over of a device, 32 bytes.</summary>
[PreservedState]
public struct VfioState
{
    /// <summary>The token of the iommufd.</summary>
    public ulong IommufdToken;

    /// <summary>The token of the ring.</summary>
    public ulong RingToken;

    /// <summary>How many requests are done.</summary>
    public ulong DoneCount;

    /// <summary>The segment of the device.</summary>
    public uint Segment;

    /// <summary>Its bus.</summary>
    public byte Bus;

    /// <summary>Its device and function.</summary>
    public byte Function;

    /// <summary>0.</summary>
    public ushort Reserved;
}
