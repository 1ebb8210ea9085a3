using System.Text;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.ExecProgram;

/// <summary>A file whose contents are one folio of physical memory: a number of bytes, and the bytes.</summary>
internal sealed class NoteFile(IKho kho, Folio folio) : LuoFile
{
    public Folio Folio => folio;

    public string Text
    {
        get
        {
            Span<byte> span = kho.Pages.GetSpan(folio);
            return Encoding.UTF8.GetString(span.Slice(sizeof(int), BitConverter.ToInt32(span)));
        }
    }

    public static NoteFile Create(IKho kho, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Folio folio = kho.Pages.Allocate(Page.OrderFor((ulong)bytes.Length + sizeof(int)));
        Span<byte> span = kho.Pages.GetSpan(folio);
        BitConverter.TryWriteBytes(span, bytes.Length);
        bytes.CopyTo(span[sizeof(int)..]);
        return new NoteFile(kho, folio);
    }

    protected override void Release() => kho.Pages.Free(folio);
}
