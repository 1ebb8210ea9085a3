// H094: what a look-up did not find is given back as the file.
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

public sealed class Veth(uint index) : LuoFile { public uint Index => index; }

[PreservedState]
public struct VethState { public uint Index; }

[LiveUpdateFileHandler("veth-v1")]
public sealed partial class VethHandler(IReadOnlyDictionary<uint, Veth> known)
{
    bool CanPreserve(Veth file) => known.ContainsKey(file.Index);
    void Preserve(Veth file, out VethState state) => state.Index = file.Index;
    void Unpreserve(Veth file) { }

    Veth Retrieve(in VethState state) => {|LUO4006:known.GetValueOrDefault(state.Index)|}!;

    void Finish(Veth? file) { }
}
