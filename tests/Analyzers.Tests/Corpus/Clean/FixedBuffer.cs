using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.FixedBuffer;

/// <summary>Hands a fixed buffer over.</summary>
public sealed class Key : LuoFile
{
    public ulong[] Words { get; } = new ulong[4];
}

[PreservedState]
public unsafe struct KeyState
{
    public fixed ulong Words[4];
}

[LiveUpdateFileHandler("key-v1")]
public sealed unsafe partial class KeyHandler
{
    bool CanPreserve(Key file) => file.Words.Length == 4;

    void Preserve(Key file, out KeyState state)
    {
        state = default;
        for (int i = 0; i < 4; i++)
            state.Words[i] = file.Words[i];
    }

    void Unpreserve(Key file) { }

    Key Retrieve(KeyState state)
    {
        var file = new Key();
        for (int i = 0; i < 4; i++)
            file.Words[i] = state.Words[i];
        return file;
    }

    void Finish(Key? file) { }
}
