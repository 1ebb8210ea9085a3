// H050: the upper bits are shifted out of an identity and a handle.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Dev : LuoFile
{
    public uint Segment { get; init; }
    public byte Bus { get; init; }
    public byte Function { get; init; }
    public Memfd? Ring { get; init; }
}
[PreservedState]
public struct DevState
{
    public ushort Segment;
    public byte Bus;
    public byte Function;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class DevHandler
{
    bool CanPreserve(Dev file) => true;
    ulong GetId(Dev file) => ({|LUO4009:file.Segment << 16|}) | ((uint)file.Bus << 8) | file.Function;
    void Preserve(Dev file, out ulong serializedData) => serializedData = ({|LUO4009:file.Segment << 16|}) | ((uint)file.Bus << 8) | file.Function;
    void Unpreserve(Dev file) { }
    Dev Retrieve(ulong serializedData) => new() { Segment = (uint)(serializedData >> 16), Bus = (byte)(serializedData >> 8), Function = (byte)serializedData };
    void Finish(Dev? file) { }
}
