// H094: the file may be null, and success is returned.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Netkit(ulong peer) : LuoFile { public ulong Peer => peer; }

[PreservedState]
public struct NetkitState { public ulong Peer; }

[LiveUpdateFileHandler("netkit-v1")]
public sealed partial class NetkitHandler(Func<ulong, bool> exists)
{
    bool CanPreserve(Netkit file) => true;
    void Preserve(Netkit file, out NetkitState state) => state.Peer = file.Peer;
    void Unpreserve(Netkit file) { }

    Errno Retrieve(in NetkitState state, out Netkit? file)
    {
        file = exists(state.Peer) ? new Netkit(state.Peer) : null;
        return {|LUO4006:Errno.None|};
    }

    void Finish(Netkit? file) { }
}
