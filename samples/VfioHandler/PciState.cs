using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>What is handed over of the bus: the devices that the next kernel must leave alone until they are retrieved.</summary>
[PreservedState]
public struct PciState
{
    /// <summary>The number of elements of <see cref="Devices"/>, used or not.</summary>
    public ulong Capacity;

    /// <summary>The devices.</summary>
    public KhoVmalloc<PciEntry> Devices;
}
