// H031: the search for the end of a text is trusted to find one.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Tag : LuoFile
{
    public string Name { get; init; } = "";
    public uint Flags { get; init; }
}
[PreservedState]
public struct NameState
{
    public FixedName Name;
    public uint Length;
    public uint Flags;
}

[InlineArray(16)]
public struct FixedName
{
    private byte _first;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class TagHandler
{
    bool CanPreserve(Tag file) => true;
    void Preserve(Tag file, out NameState state)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(file.Name);
        if (bytes.Length > 15)
            throw new ErrnoException(Errno.E2BIG);
        state = new NameState { Length = (uint)bytes.Length, Flags = file.Flags };
        bytes.CopyTo(state.Name);
    }
    void Unpreserve(Tag file) { }
    Tag Retrieve(in NameState state)
    {
        if (state.Flags != 0)
            throw new ErrnoException(Errno.EINVAL);
        ReadOnlySpan<byte> bytes = state.Name;
        if (state.Length > 15) throw new ErrnoException(Errno.EINVAL);
        int end = bytes.IndexOf((byte)0);
        string name = Encoding.ASCII.GetString(bytes.Slice(0, {|LUO4008:end|}));
        return new Tag { Name = name };
    }
    void Finish(Tag? file) { }
}
