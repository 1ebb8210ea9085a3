using System.Text;

namespace LuoHandlers.Orchestrator;

/// <summary>The name of a session: plain bytes up to the first NUL, compared byte by byte.</summary>
public readonly record struct SessionName
{
    /// <summary>The size of the field that holds a name and its NUL (<c>LIVEUPDATE_SESSION_NAME_LENGTH</c> in <c>include/uapi/linux/liveupdate.h</c>).</summary>
    public const int FieldSize = 64;

    private readonly string? _text;

    private SessionName(string text) => _text = text;

    /// <summary>The number of bytes, without the NUL.</summary>
    public int Length => Key.Length;

    /// <summary>Whether the field that the name came from had no NUL.</summary>
    public bool IsUnterminated => Length == FieldSize;

    /// <summary>What collections find the name by: one char a byte, so that names that differ in any byte differ.</summary>
    internal string Key => _text ?? "";

    /// <summary>Reads a name from its field; what follows the first NUL is dropped.</summary>
    public static SessionName Read(ReadOnlySpan<byte> field)
    {
        field = field[..Math.Min(field.Length, FieldSize)];
        int length = field.IndexOf((byte)0);
        return new SessionName(Encoding.Latin1.GetString(length < 0 ? field : field[..length]));
    }

    /// <summary>Writes the name into its field, filled up with zeros.</summary>
    public void Write(Span<byte> field)
    {
        field[..FieldSize].Clear();
        WriteBytes(field);
    }

    /// <summary>Writes the name and, if there is room, one NUL; what follows stays as it is.</summary>
    /// <returns>How many bytes were written.</returns>
    public int WriteTerminated(Span<byte> field)
    {
        WriteBytes(field);
        int length = Length;
        if (length < field.Length)
            field[length++] = 0;
        return length;
    }

    /// <summary>The name for people; bytes that are no UTF-8 appear as replacement characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[FieldSize];
        WriteBytes(bytes);
        return Encoding.UTF8.GetString(bytes[..Length]);
    }

    internal SessionName Cut(int maximumLength) => Length <= maximumLength ? this : new SessionName(Key[..maximumLength]);

    private void WriteBytes(Span<byte> field)
    {
        for (int i = 0; i < Key.Length; i++)
            field[i] = (byte)Key[i];
    }
}
