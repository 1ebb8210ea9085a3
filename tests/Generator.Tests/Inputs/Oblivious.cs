#nullable disable
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Oblivion;

public sealed class Plain : LuoFile;

public sealed class Data;

[PreservedState]
public struct PlainState
{
    public ulong First, Second;
}

/// <summary>Code that knows nothing of nullable references.</summary>
[LiveUpdateFileHandler("oblivious-v1")]
public sealed partial class ObliviousHandler
{
    private bool CanPreserve(Plain file) => true;

    private void Preserve(Plain file, out PlainState state, out Data data)
    {
        state = new PlainState { First = 1, Second = 2 };
        data = null;
    }

    private void Unpreserve(Plain file, in PlainState state, Data data)
    {
    }

    private Plain Retrieve(in PlainState state) => null;

    private bool CanFinish(Plain file) => true;

    private void Finish(Plain file, in PlainState state)
    {
    }
}
