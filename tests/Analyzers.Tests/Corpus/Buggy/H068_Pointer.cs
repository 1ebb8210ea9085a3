// H068: the address of a buffer of this process is handed over as a number.
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

public sealed unsafe class Dma(byte* buffer, uint length) : LuoFile
{
    public byte* Buffer => buffer;
    public uint Length => length;
}

[PreservedState]
public struct DmaState { public ulong Buffer; public ulong Length; }

[LiveUpdateFileHandler("dma-v1")]
public sealed unsafe partial class DmaHandler
{
    bool CanPreserve(Dma file) => true;
    void Preserve(Dma file, out DmaState state) => state = new DmaState { {|LUO4011:Buffer = (ulong)file.Buffer|}, Length = file.Length };
    void Unpreserve(Dma file) { }
    Dma Retrieve(in DmaState state) => state.Length > 4096 ? throw new ErrnoException(Errno.EINVAL) : new Dma((byte*)state.Buffer, (uint)state.Length);
    void Finish(Dma? file) { }
}
