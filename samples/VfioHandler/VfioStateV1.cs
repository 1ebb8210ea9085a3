using LuoHandlers;

namespace VfioHandlerSample;

/// <summary>What was handed over of a device at first, 20 bytes: tokens and segments had fewer bits than they need.</summary>
[PreservedState]
public struct VfioStateV1
{
    /// <summary>The token of the iommufd.</summary>
    public uint IommufdToken;

    /// <summary>The token of the ring.</summary>
    public uint RingToken;

    /// <summary>How many requests are done.</summary>
    public uint DoneCount;

    /// <summary>0.</summary>
    public uint Reserved;

    /// <summary>The segment of the device.</summary>
    public ushort Segment;

    /// <summary>Its bus.</summary>
    public byte Bus;

    /// <summary>Its device and function.</summary>
    public byte Function;
}
