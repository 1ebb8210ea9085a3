using LuoHandlers;
using LuoHandlers.Memory;

namespace MyBuffer;

/// <summary>What one kernel tells the next of a file. These bytes are the ABI: to change them, give the handler's string a new version.</summary>
[PreservedState]
public struct MyBufferState
{
    /// <summary>Where the page is.</summary>
    public PhysicalAddress Page;

    /// <summary>How many bytes of it are written.</summary>
    public ulong Length;
}
