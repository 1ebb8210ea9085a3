using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.SharedObject;

/// <summary>Several open files share one object, which may be preserved once: that is its identity.</summary>
public sealed class Disk(ulong number)
{
    public ulong Number { get; } = number;

    public ulong Sectors { get; set; }
}

public sealed class DiskFile(Disk disk) : LuoFile
{
    public Disk Disk { get; } = disk;

    public ulong Position { get; set; }
}

[PreservedState]
public struct DiskState
{
    public ulong Number;
    public ulong Sectors;
    public ulong Position;
}

[LiveUpdateFileHandler("disk-v4")]
public sealed partial class DiskHandler
{
    bool CanPreserve(DiskFile file) => file.Disk.Sectors > 0;

    ulong GetId(DiskFile file) => file.Disk.Number;

    void Preserve(DiskFile file, out DiskState state) =>
        state = new() { Number = file.Disk.Number, Sectors = file.Disk.Sectors, Position = file.Position };

    void Freeze(DiskFile file, ref DiskState state)
    {
        state.Position = file.Position;
        state.Sectors = file.Disk.Sectors;
    }

    void Unpreserve(DiskFile file) { }

    DiskFile Retrieve(in DiskState state)
    {
        if (state.Position > state.Sectors)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over disk has {state.Sectors} sectors and is at {state.Position}.");
        return new DiskFile(new Disk(state.Number) { Sectors = state.Sectors }) { Position = state.Position };
    }

    void Finish(DiskFile? file) { }
}
