using LuoHandlers;
using LuoHandlers.Vfs;

namespace Boxes.Library;

public sealed class Box(ulong content) : LuoFile
{
    public ulong Content => content;
}

[PreservedState]
public struct BoxState
{
    public ulong Content;
}

[LiveUpdateFileHandler("box-v1")]
public sealed partial class BoxHandler
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
