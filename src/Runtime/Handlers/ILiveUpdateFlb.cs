namespace LuoHandlers.Handlers;

/// <summary>
/// A file-lifecycle-bound object as LUO sees it (<c>struct liveupdate_flb</c> and its ops): state that several files share, preserved before
/// the first of them and finished after the last.
/// </summary>
/// <remarks>Results and exceptions are treated as those of <see cref="ILiveUpdateFileHandler"/>. There are FLBs since Linux 7.0.</remarks>
public interface ILiveUpdateFlb
{
    /// <summary>The compatible string, UTF-8 without NUL; LUO keeps the first 47 bytes.</summary>
    ReadOnlySpan<byte> Compatible { get; }

    /// <summary>Which callbacks there are; all four are required.</summary>
    FlbCallbacks Callbacks { get; }

    /// <summary>The module that the FLB lives in; null if it is built in. While the object is alive, LUO holds a reference on it; in 7.0 as long as the FLB is linked.</summary>
    KernelModule? Owner => null;

    /// <summary>Saves the object and sets handle and object. If it fails, it must have undone all it did.</summary>
    int Preserve(ref LiveUpdateFlbOpArgs args);

    /// <summary>Takes preserve back.</summary>
    void Unpreserve(ref LiveUpdateFlbOpArgs args);

    /// <summary>Rebuilds the object from the handle. A failure is final; 7.0 tries again.</summary>
    int Retrieve(ref LiveUpdateFlbOpArgs args);

    /// <summary>Gives the object up.</summary>
    void Finish(ref LiveUpdateFlbOpArgs args);
}
