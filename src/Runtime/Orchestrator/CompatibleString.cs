using System.Text;

namespace LuoHandlers.Orchestrator;

/// <summary>The compatible string of a handler or FLB as it is handed over: 48 bytes, cut so that a NUL ends it.</summary>
internal readonly record struct CompatibleString
{
    /// <summary>The size of the field (<c>LIVEUPDATE_HNDL_COMPAT_LENGTH</c> in <c>include/linux/kho/abi/luo.h</c>).</summary>
    public const int FieldSize = 48;

    private readonly string _text;

    private CompatibleString(string text) => _text = text;

    public static CompatibleString FromHandler(ReadOnlySpan<byte> compatible) => Create(compatible.Length < FieldSize ? compatible : compatible[..(FieldSize - 1)]);

    /// <summary>Reads the field of an entry; an unterminated one is taken whole.</summary>
    public static CompatibleString Read(ReadOnlySpan<byte> field) => Create(field[..FieldSize]);

    public void Write(Span<byte> field)
    {
        field[..FieldSize].Clear();
        Encoding.Latin1.GetBytes(_text, field);
    }

    /// <summary>The string for people; bytes that are no UTF-8 appear as replacement characters.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_text ?? ""));

    // One char a byte: strings that differ in any byte differ, and equal ones hash alike.
    private static CompatibleString Create(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.IndexOf((byte)0);
        return new CompatibleString(Encoding.Latin1.GetString(length < 0 ? bytes : bytes[..length]));
    }
}
