// H044: live update that is off is a failure like any other.
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

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class NullHandler
{
    bool CanPreserve(NullFile file) => !file.IsBusy;
    void Preserve(NullFile file, out ulong serializedData) => serializedData = file.Id;
    void Unpreserve(NullFile file) { }
    NullFile Retrieve(ulong serializedData) => new() { Id = serializedData };
    void Finish(NullFile? file) { }
}
public sealed class NullFile : LuoFile { public ulong Id { get; init; } public bool IsBusy { get; set; } }

public static class Driver
{
    public static void Start(Kernel kernel)
    {
        try
        {
            kernel.RegisterFileHandler(new NullHandler());
        }
        {|LUO4015:catch|} (ErrnoException e)
        {
            throw new InvalidOperationException("Registration failed.", e);
        }
    }
    public static bool TryStart(Kernel kernel)
    {
        try
        {
            kernel.RegisterFileHandler(new NullHandler());
            return true;
        }
        {|LUO4015:catch|} (ErrnoException)
        {
            return false;
        }
    }
}
