// H074: Unpreserve waits for a task under the lock that the task may need.
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

public sealed class Ioas : LuoFile
{
    public Lock Gate { get; } = new();
    public Task Teardown { get; set; } = Task.CompletedTask;
    public ulong Id { get; init; }
}

[PreservedState]
public struct IoasState { public ulong Id; }

[LiveUpdateFileHandler("ioas-v1")]
public sealed partial class IoasHandler
{
    bool CanPreserve(Ioas file) => file.Teardown.IsCompleted;
    void Preserve(Ioas file, out IoasState state) => state = new IoasState { Id = file.Id };
    void Unpreserve(Ioas file) { lock (file.Gate) {|LUO4012:file.Teardown.Wait()|}; }
    Ioas Retrieve(in IoasState state) => new() { Id = state.Id };
    void Finish(Ioas? file) { }
}
