using System.Runtime.InteropServices;

namespace LuoHandlers.Native;

/// <summary>Texts as C wants them: a null-terminated array of pointers to NUL-terminated bytes.</summary>
internal sealed unsafe class NativeText : IDisposable
{
    private readonly int _count;

    public NativeText(IReadOnlyList<byte[]> texts)
    {
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        foreach (byte[] text in texts)
        {
            byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
            text.CopyTo(new Span<byte>(copy, text.Length));
            Pointers[_count++] = copy;
        }
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
            NativeMemory.Free(Pointers[i]);
        NativeMemory.Free(Pointers);
    }
}
