using LuoHandlers.Vfs;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>A file with a label; tells when it is released.</summary>
internal sealed class ScriptedFile(string label, string kind, ulong inode, Action<ScriptedFile> released) : LuoFile
{
    public string Label { get; } = label;

    public string Kind { get; } = kind;

    public ulong Inode { get; } = inode;

    protected override void Release() => released(this);
}
