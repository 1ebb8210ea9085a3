using LuoHandlers.Vfs;

namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>A file with something to hand over.</summary>
public sealed class PlainFile : LuoFile
{
    /// <summary>What is handed over.</summary>
    public ulong Position { get; set; }
}
