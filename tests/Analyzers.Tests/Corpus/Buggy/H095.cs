// H095: can_preserve ignores the file and answers true for everything.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Link : LuoFile { public ulong Number; }

[PreservedState]
public struct LinkState
{
    public ulong Number;
}

[LiveUpdateFileHandler("netkit-v1")]
public sealed partial class LinkHandler
{
    bool {|LUO4003:CanPreserve|}(LuoFile file) => true;

    void Preserve(LuoFile file, out LinkState state) => state = new LinkState { Number = ((Link)file).Number };

    void Unpreserve(LuoFile file) { }

    LuoFile Retrieve(in LinkState state) => new Link { Number = state.Number };

    void Finish(LuoFile? file) { }
}
