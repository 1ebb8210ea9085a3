using System;
using System.Runtime.InteropServices;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.Machines;

/// <summary>A handler that works on some machines only, and says so.</summary>
public sealed class Registers : LuoFile
{
    public ulong Value { get; set; }
}

[PreservedState]
public struct RegistersState
{
    public ulong Value;
    public ulong PageSize;
}

[LiveUpdateFileHandler("registers-x64-v1")]
public sealed partial class RegistersHandler
{
    bool CanPreserve(Registers file) => RuntimeInformation.ProcessArchitecture == Architecture.X64 && file.Value != 0;

    void Preserve(Registers file, out RegistersState state)
    {
        if (!BitConverter.IsLittleEndian)
            throw new ErrnoException(Errno.EOPNOTSUPP, "Registers are preserved in little-endian order only.");
#if DEBUG
        Console.WriteLine($"Preserving {file.Value}.");
#endif
        state = new RegistersState { Value = file.Value, PageSize = (ulong)Environment.SystemPageSize };
    }

    void Freeze(Registers file, ref RegistersState state) => state.Value = file.Value;

    void Unpreserve() { }

    Registers Retrieve(in RegistersState state)
    {
        if (state.PageSize != (ulong)Environment.SystemPageSize)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The registers come from a kernel with pages of {state.PageSize} bytes.");
        return new Registers { Value = state.Value };
    }

    void Finish() { }
}
