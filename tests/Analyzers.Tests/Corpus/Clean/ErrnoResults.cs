using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.ErrnoResults;

/// <summary>Tells failures by errnos instead of exceptions.</summary>
public sealed class Lease : LuoFile
{
    public ulong Expiry;
    public bool IsRevoked;
}

[PreservedState]
public struct LeaseState
{
    public ulong Expiry;
}

[LiveUpdateFileHandler("lease-v1")]
public sealed partial class LeaseHandler
{
    bool CanPreserve(Lease file) => !file.IsRevoked;

    Errno Preserve(Lease file, out LeaseState state)
    {
        state = new LeaseState { Expiry = file.Expiry };
        return file.IsRevoked ? Errno.EACCES : Errno.None;
    }

    void Unpreserve(Lease file) { }

    Errno Freeze(Lease file, ref LeaseState state)
    {
        if (file.IsRevoked)
            return Errno.EBUSY;
        state.Expiry = file.Expiry;
        return Errno.None;
    }

    void Unfreeze(Lease file) { }

    Errno Retrieve(in LeaseState state, out Lease? file)
    {
        if (state.Expiry == 0)
        {
            file = null;
            return Errno.ENODATA;
        }
        file = new Lease { Expiry = state.Expiry };
        return Errno.None;
    }

    void Finish(Lease? file) { }
}
