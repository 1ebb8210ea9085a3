using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>
/// A file handler as LUO sees it (<c>struct liveupdate_file_handler</c> and its ops). Authors write a class with
/// <see cref="LiveUpdateFileHandlerAttribute"/>, for which the generator implements this; tests may implement it by hand.
/// </summary>
/// <remarks>
/// <para>Results are the kernel's: 0 for success, a negative <see cref="Errno"/> for failure. A positive result is a mistake with
/// consequences: preserve passes it to user space as a failure, freeze counts it as success but drops the changed handle.</para>
/// <para>An exception from a callback is a failed callback: an <see cref="ErrnoException"/> fails it with its number, any other with
/// <see cref="Errno.EIO"/>; can_preserve and can_finish then answer false. LUO itself is never harmed.</para>
/// <para>What LUO takes over from the arguments: SerializedData and PrivateData after a successful preserve; SerializedData after a freeze
/// that returned 0; File after a successful retrieve.</para>
/// <para>What is said of a callback is so in Linux 7.2, the reference; where an older kernel differs, the member says so.</para>
/// </remarks>
public interface ILiveUpdateFileHandler
{
    /// <summary>The compatible string, UTF-8 without NUL; LUO keeps the first 47 bytes.</summary>
    ReadOnlySpan<byte> Compatible { get; }

    /// <summary>Which callbacks there are. A callback that is not named here is never called.</summary>
    FileHandlerCallbacks Callbacks { get; }

    /// <summary>The module that the handler lives in; null if it is built in. Every preserved or restored file holds a reference on it; before 7.2 the registration does.</summary>
    KernelModule? Owner => null;

    /// <summary>Whether the file is of this handler's type and in a state that can be preserved. The first handler to say yes gets it.</summary>
    bool CanPreserve(LuoFile file);

    /// <summary>Saves the state of the file. If it fails, it must have undone all it did: unpreserve is not called.</summary>
    int Preserve(ref LiveUpdateFileOpArgs args);

    /// <summary>Takes preserve back; the session was closed before the reboot. May see a handle that freeze changed; in 6.19 that of a thawed file is 0.</summary>
    void Unpreserve(ref LiveUpdateFileOpArgs args);

    /// <summary>Makes the state final. If it fails, it must have undone all it did. Called again, with its own result, after a reboot that failed; in 6.19 with 0 instead.</summary>
    int Freeze(ref LiveUpdateFileOpArgs args) => 0;

    /// <summary>Takes freeze back: the reboot failed in another file.</summary>
    void Unfreeze(ref LiveUpdateFileOpArgs args)
    {
    }

    /// <summary>Rebuilds the file from the handle, in the next kernel. A failure is final; 6.19 tries again at the next request.</summary>
    int Retrieve(ref LiveUpdateFileOpArgs args);

    /// <summary>Whether the session may be finished now; false keeps the whole session.</summary>
    bool CanFinish(ref LiveUpdateFileOpArgs args) => true;

    /// <summary>Gives up what is left of the state, whether the file was retrieved, never asked for, or failed to come back.</summary>
    void Finish(ref LiveUpdateFileOpArgs args);

    /// <summary>
    /// The identity of the object behind the file, which must not change while the file is preserved or retrieved. Without it the file itself is the
    /// identity. Never asked for before 7.2: there a file may be preserved any number of times.
    /// </summary>
    ulong GetId(LuoFile file) => 0;
}
