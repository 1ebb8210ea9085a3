using System.Runtime.InteropServices;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace Fixes;

public sealed class Disk : LuoFile
{
    public ulong Size { get; set; }

    public void Lock()
    {
    }
}

[PreservedState]
public struct DiskState
{
    public ulong Size;
}

public sealed class Bus
{
}

// LUO1001
[LiveUpdateFileHandler("disk-luo1001-v1")]
public sealed class NotPartial
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO1002
[LiveUpdateFileHandler("disk-luo1002-v1")]
public abstract partial class Abstract
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO1006
[LiveUpdateFileHandler("tape")]
public sealed partial class WithoutVersion
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO1007
[LiveUpdateFileHandler("drum-v01")]
public sealed partial class LeadingZero
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO1010
[LiveUpdateFileHandler("disk-luo1010-v1")]
public partial class NotSealed
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO1011
[LiveUpdateFileHandler("disk-luo1011-v1")]
public sealed partial class NotConstructible
{
    private NotConstructible()
    {
    }

    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO2001
[LiveUpdateFileHandler("disk-luo2001-v1")]
public sealed partial class MissingCallback
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

// LUO2009
[LiveUpdateFileHandler("disk-luo2009-v1")]
public sealed partial class NotNullable
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish(Disk file) => file.Lock();
}

// LUO2012
[LiveUpdateFileHandler("disk-luo2012-v1")]
public sealed partial class LookAlike
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }

    void UnFreeze()
    {
    }
}

// LUO3003
[PreservedState]
public struct Flags
{
    public bool IsReady;
}

// LUO3004
public enum Kind
{
    None,
}

// LUO3004
[PreservedState]
public struct KindState
{
    public Kind Kind;
}

// LUO3005
[PreservedState]
[StructLayout(LayoutKind.Auto)]
public struct Automatic
{
    public ulong Size;
}

// LUO3006
[PreservedState]
public struct Padded
{
    public uint Kind;
    public ulong Size;
}

// LUO4005
public static class Errors
{
    public static Errno Find() => (Errno)(-22);
}

// LUO4009
[PreservedState]
public struct CountState
{
    public uint Count;
}

// LUO4009
[LiveUpdateFileHandler("disk-luo4009-v1")]
public sealed partial class Narrowed
{
    bool CanPreserve(Disk file) => true;

    void Preserve(Disk file, out CountState state) => state = new CountState { Count = (uint)file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in CountState state) => new() { Size = state.Count };

    void Finish()
    {
    }
}

// LUO4013
[LiveUpdateFileHandler("disk-luo4013-v1")]
public sealed partial class WithoutUnfreeze
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    void Freeze(Disk file) => file.Lock();

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish()
    {
    }
}

public static class Agent
{
    // LUO4014
    public static object? Ask(Kernel kernel, ILiveUpdateFlb flb)
    {
        var lease = kernel.GetIncomingFlb<Bus>(flb);
        return lease.Object is null ? null : "there";
    }

    // LUO4015
    public static void Keep(LiveUpdateSession session, int descriptor) => session.TryPreserveFd(1, descriptor);

    // LUO5003
    public static void KeepBoth(LiveUpdateSession session, int first, int second)
    {
        session.PreserveFd(7, first);
        session.PreserveFd(7, second);
    }
}

#nullable disable
// LUO4017
[LiveUpdateFileHandler("disk-luo4017-v1")]
public sealed partial class NullFile
{
    bool CanPreserve(Disk file) => file.Size > 0;

    void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };

    void Unpreserve()
    {
    }

    Disk Retrieve(in DiskState state) => new() { Size = state.Size };

    void Finish(Disk file) => file.Lock();
}
#nullable restore

// LUO5001
[LiveUpdateSession]
public sealed partial class NotDeclared
{
    [Token(1)]
    public Disk First { get; set; }
}

// LUO5002
[LiveUpdateSession]
public sealed partial class Twice
{
    [Token(1)]
    public partial Disk First { get; set; }

    [Token(1)]
    public partial Disk Second { get; set; }
}

// LUO6001
[LiveUpdateFlb("bus-v1")]
public sealed partial class BusFlb
{
    Bus Preserve(out DiskState state)
    {
        state = new DiskState { Size = 1 };
        return new Bus();
    }

    void Unpreserve(Bus bus)
    {
    }

    Bus Retrieve(in DiskState state) => new();
}
