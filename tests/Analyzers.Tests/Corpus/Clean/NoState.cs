using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.NoState;

/// <summary>All files of it are the same: there is nothing to hand over.</summary>
public sealed class NullFile : LuoFile;

[LiveUpdateFileHandler("null-v1")]
public sealed partial class NullHandler
{
    bool CanPreserve(NullFile file) => true;
    void Preserve() { }
    void Unpreserve() { }
    NullFile Retrieve() => new();
    void Finish() { }
}
