using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace LuoHandlers.Scale;

/// <summary>A handler that does nothing: what is measured is LUO.</summary>
internal sealed class PlainHandler : ILiveUpdateFileHandler
{
    private readonly Queue<PlainFile> _retrieved = new();

    public ReadOnlySpan<byte> Compatible => "plain-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;

    /// <summary>Makes the files that retrieve will give out, so that their allocation is not measured.</summary>
    public void Prepare(int count)
    {
        for (int i = 0; i < count; i++)
            _retrieved.Enqueue(new PlainFile());
    }

    public bool CanPreserve(LuoFile file) => file is PlainFile;

    public int Preserve(ref LiveUpdateFileOpArgs args) => 0;

    public void Unpreserve(ref LiveUpdateFileOpArgs args)
    {
    }

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        args.File = _retrieved.Dequeue();
        return 0;
    }

    public void Finish(ref LiveUpdateFileOpArgs args)
    {
    }
}
