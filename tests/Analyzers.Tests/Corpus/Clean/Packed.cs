using System.Runtime.InteropServices;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.Packed;

/// <summary>A layout without any alignment, as some ABIs have it.</summary>
public sealed class Frame : LuoFile
{
    public byte Type;
    public ulong Address;
    public ushort Length;
}

[PreservedState]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct FrameState
{
    public byte Type;
    public ulong Address;
    public ushort Length;
}

[LiveUpdateFileHandler("frame-v1")]
public sealed partial class FrameHandler
{
    bool CanPreserve(Frame file) => file.Length > 0;
    void Preserve(Frame file, out FrameState state) => state = new() { Type = file.Type, Address = file.Address, Length = file.Length };
    void Unpreserve(Frame file) { }
    Frame Retrieve(in FrameState state) => new() { Type = state.Type, Address = state.Address, Length = state.Length };
    void Finish(Frame? file) { }
}
