using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.RuntimeChecks;

// Lengths that are checked by .NET, in a try that gives up what was found.
public sealed class Text(string value) : LuoFile { public string Value => value; }

[PreservedState] public struct TextHeader { public uint Length; public uint Version; }
[PreservedState] public struct TextState { public PhysicalAddress Page; public TextHeader Header; }

[LiveUpdateFileHandler("g-text-v1")]
public sealed partial class TextHandler
{
    bool CanPreserve(Text file) => file.Value.Length < 1000;
    void Preserve(Text file, out TextState state, IKho kho)
    {
        var range = kho.AllocatePreserved(4096);
        int length = System.Text.Encoding.UTF8.GetBytes(file.Value, kho.GetSpan(range));
        state = new() { Page = range.Address, Header = { Length = (uint)length, Version = 1 } };
    }
    void Unpreserve(in TextState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Page));

    // A length beyond the page throws, and that is EIO; the page is freed whatever happens.
    Text Retrieve(in TextState state, IKho kho)
    {
        var range = kho.FindInherited(state.Page);
        try
        {
            if (state.Header.Version != 1)
                throw new ErrnoException(Errno.EOPNOTSUPP);
            return new Text(System.Text.Encoding.UTF8.GetString(kho.GetSpan(range)[..(int)state.Header.Length]));
        }
        finally
        {
            kho.RestoreFree(range);
        }
    }
    void Finish(in TextState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(state.Page));
    }
}

[PreservedState] public struct Text2State { public PhysicalAddress Page; public uint Length; public uint Version; }

[LiveUpdateFileHandler("g-text2-v1")]
public sealed partial class Text2Handler
{
    bool CanPreserve(Text file) => file.Value.Length < 1000;
    void Preserve(Text file, out Text2State state, IKho kho)
    {
        var range = kho.AllocatePreserved(4096);
        state = new() { Page = range.Address, Length = (uint)System.Text.Encoding.UTF8.GetBytes(file.Value, kho.GetSpan(range)), Version = 1 };
    }
    void Unpreserve(in Text2State state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Page));
    Text Retrieve(in Text2State state, IKho kho)
    {
        var range = kho.FindInherited(state.Page);
        try
        {
            ReadOnlySpan<byte> bytes = kho.GetSpan(range).Slice(0, checked((int)state.Length));
            return state.Version == 1 ? new Text(System.Text.Encoding.UTF8.GetString(bytes)) : throw new ErrnoException(Errno.EOPNOTSUPP);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ErrnoException(Errno.EINVAL, $"{state.Length} bytes don't fit in the page.", e);
        }
        finally
        {
            kho.RestoreFree(range);
        }
    }
    void Finish(in Text2State state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
