using LuoHandlers.Handlers;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.ExecProgram;

/// <summary>Preserves a <see cref="NoteFile"/> where it is; the handle is the address of its folio.</summary>
internal sealed class NoteHandler : ILiveUpdateFileHandler
{
    private int _freezeCount;

    public ReadOnlySpan<byte> Compatible => "note-v1"u8;

    public FileHandlerCallbacks Callbacks =>
        FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze;

    /// <summary>How many freezes succeed before one is refused; negative: all do.</summary>
    public int RefuseFreezeAt { get; set; } = -1;

    /// <summary>Whether freeze allocates a page that it preserves.</summary>
    public bool FreezeAllocates { get; set; }

    /// <summary>How many files are frozen.</summary>
    public int FrozenCount { get; private set; }

    public bool CanPreserve(LuoFile file) => file is NoteFile;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        args.SerializedData = args.Kho.Preserve(((NoteFile)args.File!).Folio).Address.Value;
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args) =>
        args.Kho.Unpreserve(args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData)));

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        if (_freezeCount++ == RefuseFreezeAt)
            return -(int)Errno.EAGAIN;
        if (FreezeAllocates)
            args.Kho.UnpreserveFree(args.Kho.AllocatePreserved(Page.Size));
        FrozenCount++;
        return 0;
    }

    public void Unfreeze(ref LiveUpdateFileOpArgs args) => FrozenCount--;

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        args.File = new NoteFile(args.Kho, args.Kho.Restore(args.Kho.FindInherited(new PhysicalAddress(args.SerializedData))));
        return 0;
    }

    public void Finish(ref LiveUpdateFileOpArgs args)
    {
        if (args.RetrieveStatus.IsNotTried)
            args.Kho.RestoreFree(args.Kho.FindInherited(new PhysicalAddress(args.SerializedData)));
    }

    /// <summary>Forgets how often freeze was called.</summary>
    public void Reset()
    {
        _freezeCount = 0;
        RefuseFreezeAt = -1;
        FreezeAllocates = false;
    }
}
