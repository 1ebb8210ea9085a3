using System.ComponentModel;
using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>
/// A handler under the compatible string of an older version: it retrieves and finishes what that one preserved, and preserves nothing. Generated
/// code makes it for <see cref="RetrievesFromAttribute"/>.
/// </summary>
/// <param name="compatible">The compatible string of the older version.</param>
/// <param name="handler">The handler that the older files are now of.</param>
/// <param name="retrieve">Rebuilds a file.</param>
/// <param name="canFinish">Says whether a file can be finished; null if the handler has no such callback.</param>
/// <param name="finish">Gives up what is left of a file's state.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RetrieveOnlyHandler(
    string compatible,
    ILiveUpdateFileHandler handler,
    LiveUpdateFileOp<int> retrieve,
    LiveUpdateFileOp<bool>? canFinish,
    LiveUpdateFileOp finish) : ILiveUpdateFileHandler
{
    private readonly byte[] _compatible = System.Text.Encoding.UTF8.GetBytes(compatible);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Compatible => _compatible;

    /// <inheritdoc/>
    public FileHandlerCallbacks Callbacks =>
        FileHandlerCallbacks.Required | handler.Callbacks & FileHandlerCallbacks.GetId | (canFinish is null ? FileHandlerCallbacks.None : FileHandlerCallbacks.CanFinish);

    /// <inheritdoc/>
    public KernelModule? Owner => handler.Owner;

    /// <summary>Refuses every file: new ones are preserved under the string of today.</summary>
    public bool CanPreserve(LuoFile file) => false;

    /// <summary>Fails; LUO does not call it, as <see cref="CanPreserve"/> refuses every file.</summary>
    public int Preserve(ref LiveUpdateFileOpArgs args) => -(int)Errno.EOPNOTSUPP;

    /// <summary>Does nothing: nothing is preserved.</summary>
    public void Unpreserve(ref LiveUpdateFileOpArgs args)
    {
    }

    /// <inheritdoc/>
    public int Retrieve(ref LiveUpdateFileOpArgs args) => retrieve(ref args);

    /// <inheritdoc/>
    public bool CanFinish(ref LiveUpdateFileOpArgs args) => canFinish is null || canFinish(ref args);

    /// <inheritdoc/>
    public void Finish(ref LiveUpdateFileOpArgs args) => finish(ref args);

    /// <inheritdoc/>
    public ulong GetId(LuoFile file) => handler.GetId(file);
}
