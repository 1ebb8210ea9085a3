namespace LuoHandlers.Conformance.Scripted;

/// <summary>Makes the files that retrieve callbacks hand out, numbered over one kernel.</summary>
internal sealed class RetrievedFiles(FileTable files)
{
    private const ulong FirstInode = 0x10000;

    private int _last;

    public ScriptedFile Create(string kind, long? inode)
    {
        int number = ++_last;
        return files.Create($"r{number}", kind, inode is { } given ? (ulong)given : FirstInode + (ulong)number);
    }
}
