// H081: the error path frees a page that is preserved by then.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Notes(string text) : LuoFile { public string Text => text; }

[LiveUpdateFileHandler("notes-v1")]
public sealed partial class NotesHandler
{
    bool CanPreserve(Notes file) => true;

    void Preserve(Notes file, out ulong serializedData, IKho kho)
    {
        Folio page = kho.Pages.Allocate();
        try
        {
            KhoRange range = kho.Preserve(page);
            byte[] text = Encoding.UTF8.GetBytes(file.Text);
            if (text.Length > Page.Size - 4)
                throw new ErrnoException(Errno.EFBIG);
            BinaryPrimitives.WriteInt32LittleEndian(kho.GetSpan(range), text.Length);
            text.CopyTo(kho.GetSpan(range)[4..]);
            serializedData = range.Address.Value;
        }
        catch
        {
            {|LUO4007:kho.Pages.Free(page)|};
            throw;
        }
    }

    void Unpreserve(Notes file, ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));

    Notes Retrieve(ulong serializedData, IKho kho)
    {
        KhoRange range = kho.FindInherited(new PhysicalAddress(serializedData));
        try
        {
            ReadOnlySpan<byte> bytes = kho.GetSpan(range);
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length < 0 || length > bytes.Length - 4)
                throw new ErrnoException(Errno.EINVAL);
            return new Notes(Encoding.UTF8.GetString(bytes.Slice(4, length)));
        }
        finally
        {
            kho.RestoreFree(range);
        }
    }

    void Finish(Notes? file, ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));
    }
}
