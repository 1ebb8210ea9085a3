using System;
using System.Runtime.InteropServices;
using System.Text;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.SpanCode;

/// <summary>Text in a block of its own, written and read through spans.</summary>
public sealed class Label : LuoFile
{
    public string Text { get; set; } = "";
}

[PreservedState]
public unsafe struct LabelState
{
    public const int Capacity = 60;

    public uint Length;
    public fixed byte Bytes[Capacity];
}

[LiveUpdateFileHandler("label-v1")]
public sealed unsafe partial class LabelHandler
{
    private bool CanPreserve(Label file) => Encoding.UTF8.GetByteCount(file.Text) <= LabelState.Capacity;

    private void Preserve(Label file, out LabelState state)
    {
        state = default;
        Write(file, ref state);
    }

    private void Freeze(Label file, ref LabelState state) => Write(file, ref state);

    private void Unpreserve() { }

    private Label Retrieve(in LabelState state)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(in state.Bytes[0], LabelState.Capacity);
        return state.Length <= LabelState.Capacity
            ? new Label { Text = Encoding.UTF8.GetString(bytes[..(int)state.Length]) }
            : throw new ErrnoException(Errno.EINVAL, $"The label has {state.Length} bytes.");
    }

    private void Finish() { }

    private static void Write(Label file, ref LabelState state)
    {
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref state.Bytes[0], LabelState.Capacity);
        bytes.Clear();
        state.Length = Encoding.UTF8.TryGetBytes(file.Text, bytes, out int length)
            ? (uint)length
            : throw new ErrnoException(Errno.EFBIG, "The label has become too long.");
    }
}
