// H041: an FLB gives null for 'no object'.
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

public sealed class IrqMap { public ulong Lines { get; init; } }

[LiveUpdateFlb("irqmap-v2")]
public sealed partial class IrqMapFlb
{
    IrqMap? Preserve(out ulong serializedData) { serializedData = 0; return {|LUO4006:null|}; }
    void Unpreserve(ulong serializedData) { }
    IrqMap? Retrieve(ulong serializedData) => serializedData == 0 ? {|LUO4006:null|} : new IrqMap { Lines = serializedData };
    void Finish(IrqMap map) { }
}
