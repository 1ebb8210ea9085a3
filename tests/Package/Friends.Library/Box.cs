using LuoHandlers;
using LuoHandlers.Vfs;

namespace Friends.Library;

internal sealed class Box(ulong content) : LuoFile
{
    public ulong Content => content;
}

[PreservedState]
internal struct BoxState
{
    public ulong Content;
}

[LiveUpdateFileHandler("friendly-box-v1")]
internal sealed partial class BoxHandler
{
    bool CanPreserve(Box file) => true;

    void Preserve(Box file, out BoxState state) => state = new BoxState { Content = file.Content };

    void Unpreserve(Box file)
    {
    }

    Box Retrieve(in BoxState state) => new(state.Content);

    void Finish(Box? file)
    {
    }
}
