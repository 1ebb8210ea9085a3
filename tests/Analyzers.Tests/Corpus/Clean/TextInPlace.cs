using System;
using System.Runtime.CompilerServices;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.TextInPlace;

/// <summary>Hands a short text over, in an inline array, with its length.</summary>
public sealed class Named : LuoFile
{
    public byte[] Name { get; set; } = [];
}

[InlineArray(32)]
public struct NameBytes
{
    private byte _element;
}

[PreservedState]
public struct NamedState
{
    public NameBytes Name;
    public uint Length;
}

[LiveUpdateFileHandler("named-v1")]
public sealed partial class NamedHandler
{
    private const int MaximumLength = 32;

    bool CanPreserve(Named file) => file.Name.Length <= MaximumLength;

    void Preserve(Named file, out NamedState state)
    {
        if (file.Name.Length > MaximumLength)
            throw new ErrnoException(Errno.EFBIG, $"The name has {file.Name.Length} bytes; {MaximumLength} is the most.");
        state = new NamedState { Length = (uint)file.Name.Length };
        Span<byte> place = state.Name;
        file.Name.CopyTo(place);
    }

    void Unpreserve(Named file) { }

    Named Retrieve(in NamedState state)
    {
        if (state.Length > MaximumLength)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over name says that it has {state.Length} bytes; {MaximumLength} is the most.");
        ReadOnlySpan<byte> name = state.Name;
        return new Named { Name = name[..(int)state.Length].ToArray() };
    }

    void Finish(Named? file) { }
}
