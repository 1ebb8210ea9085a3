using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>
/// Runs a handler of the series before the merge in today's LUO, so that it can be tried there before it is rewritten: prepare becomes preserve, freeze
/// stays, and cancel is called by unfreeze or, if the file was not frozen, by unpreserve.
/// </summary>
/// <remarks>Cancel takes back prepare as well, but a file that was thawed is still preserved: so the next freeze prepares it again. A handler
/// that can't be prepared again while its file is in use must be rewritten first.</remarks>
/// <param name="handler">The handler.</param>
/// <param name="argument">What it was registered with.</param>
public sealed class PreMergeHandlerAdapter(IPreMergeFileHandler handler, object? argument = null) : ILiveUpdateFileHandler
{
    /// <inheritdoc/>
    public ReadOnlySpan<byte> Compatible => handler.Compatible;

    /// <inheritdoc/>
    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze;

    /// <inheritdoc/>
    public bool CanPreserve(LuoFile file) => handler.CanPreserve(file, argument);

    /// <inheritdoc/>
    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        var preparation = new Preparation();
        int result = Prepare(preparation, ref args);
        args.PrivateData = preparation;
        args.SerializedData = preparation.Data;
        return result;
    }

    /// <inheritdoc/>
    public void Unpreserve(ref LiveUpdateFileOpArgs args) => Cancel(ref args);

    /// <inheritdoc/>
    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        var preparation = (Preparation)args.PrivateData!;
        int result = preparation.IsDone ? 0 : Prepare(preparation, ref args);
        if (result != 0)
            return result;
        PreMergeFileOpArgs old = Arguments(args.Kho, args.File, preparation.Data);
        result = handler.Freeze(ref old);
        if (result == 0)
            args.SerializedData = preparation.Data = old.Data;
        return result;
    }

    /// <inheritdoc/>
    public void Unfreeze(ref LiveUpdateFileOpArgs args) => Cancel(ref args);

    /// <inheritdoc/>
    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        PreMergeFileOpArgs old = Arguments(args.Kho, null, args.SerializedData);
        int result = handler.Retrieve(ref old);
        args.File = old.File;
        return result;
    }

    /// <inheritdoc/>
    public void Finish(ref LiveUpdateFileOpArgs args)
    {
        PreMergeFileOpArgs old = Arguments(args.Kho, args.File, args.SerializedData, isReclaimed: !args.RetrieveStatus.IsNotTried);
        handler.Finish(ref old);
    }

    private int Prepare(Preparation preparation, ref LiveUpdateFileOpArgs args)
    {
        PreMergeFileOpArgs old = Arguments(args.Kho, args.File, 0);
        int result = handler.Prepare(ref old);
        if (result == 0)
        {
            preparation.IsDone = true;
            preparation.Data = old.Data;
        }
        return result;
    }

    private void Cancel(ref LiveUpdateFileOpArgs args)
    {
        var preparation = (Preparation)args.PrivateData!;
        if (!preparation.IsDone)
            return;
        preparation.IsDone = false;
        PreMergeFileOpArgs old = Arguments(args.Kho, args.File, preparation.Data);
        handler.Cancel(ref old);
    }

    private PreMergeFileOpArgs Arguments(IKho kho, LuoFile? file, ulong data, bool isReclaimed = false) => new()
    {
        Kho = kho,
        Argument = argument,
        File = file,
        Data = data,
        IsReclaimed = isReclaimed,
    };

    /// <summary>What prepare left for a file. It outlives the handle: older kernels set that to 0 when they thaw.</summary>
    private sealed class Preparation
    {
        public bool IsDone { get; set; }

        public ulong Data { get; set; }
    }
}
