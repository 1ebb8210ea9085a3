using System.Runtime.InteropServices;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.Union;

/// <summary>Two shapes of one record share their bytes; the kind tells which it is.</summary>
public sealed class Endpoint : LuoFile
{
    public uint Kind { get; init; }

    public ulong Value { get; init; }
}

[PreservedState]
[StructLayout(LayoutKind.Explicit)]
public struct EndpointState
{
    [FieldOffset(0)]
    public uint Kind;

    [FieldOffset(4)]
    public uint Reserved;

    [FieldOffset(8)]
    public ulong Address;

    [FieldOffset(8)]
    public ulong Token;
}

[LiveUpdateFileHandler("endpoint-v1")]
public sealed partial class EndpointHandler
{
    bool CanPreserve(Endpoint file) => file.Kind <= 1;

    void Preserve(Endpoint file, out EndpointState state)
    {
        state = new EndpointState { Kind = file.Kind };
        if (file.Kind == 0)
            state.Address = file.Value;
        else
            state.Token = file.Value;
    }

    void Unpreserve(Endpoint file) { }

    Endpoint Retrieve(in EndpointState state) => state.Kind switch
    {
        0 => new Endpoint { Kind = 0, Value = state.Address },
        1 => new Endpoint { Kind = 1, Value = state.Token },
        _ => throw new ErrnoException(Errno.EINVAL, $"The handed-over endpoint is of unknown kind {state.Kind}."),
    };

    void Finish(Endpoint? file) { }
}
