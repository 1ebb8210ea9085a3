// H022: the result of preserving is discarded: the session looks right, with files missing.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public static class Agent
{
    public static void Preserve(LiveUpdateSession session, IReadOnlyList<int> descriptors)
    {
        for (int index = 0; index < descriptors.Count; index++)
            {|LUO4015:session.TryPreserveFd((ulong)index, descriptors[index])|};
    }
}
