using LuoHandlers;
using LuoHandlers.Vfs;

namespace Friends.Application;

public sealed class Crate(ulong content) : LuoFile
{
    public ulong Content => content;
}

[PreservedState]
public struct CrateState
{
    public ulong Content;
}

[LiveUpdateFileHandler("friendly-crate-v1")]
public sealed partial class CrateHandler
{
    bool CanPreserve(Crate file) => true;

    void Preserve(Crate file, out CrateState state) => state = new CrateState { Content = file.Content };

    void Unpreserve(Crate file)
    {
    }

    Crate Retrieve(in CrateState state) => new(state.Content);

    void Finish(Crate? file)
    {
    }
}
