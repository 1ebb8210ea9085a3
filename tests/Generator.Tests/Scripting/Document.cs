using LuoHandlers.Vfs;

namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>The file type of the scripted handlers.</summary>
public sealed class Document(string name) : LuoFile
{
    public ulong Position { get; set; }

    public ulong Size { get; set; }

    public override string ToString() => name;
}
