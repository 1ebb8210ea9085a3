using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>
/// A file handler as it was in the series before LUO was merged. Results are the kernel's: 0 or a negative <see cref="Errno"/>. An exception is a
/// failure, too: an <see cref="ErrnoException"/> with its number, any other with <see cref="Errno.EIO"/>.
/// </summary>
/// <remarks>What does nothing here by default was optional there. <see cref="PreMergeHandlerAdapter"/> runs such a handler in today's LUO.</remarks>
public interface IPreMergeFileHandler
{
    /// <summary>The compatible string, without NUL.</summary>
    ReadOnlySpan<byte> Compatible { get; }

    /// <summary>Whether the file is of this handler's type. The first handler to say yes gets it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="argument">What the handler was registered with.</param>
    bool CanPreserve(LuoFile file, object? argument);

    /// <summary>Saves the state of the file, which stays in use. If it fails, it must have undone all it did.</summary>
    int Prepare(ref PreMergeFileOpArgs args) => 0;

    /// <summary>Makes the state final.</summary>
    int Freeze(ref PreMergeFileOpArgs args) => 0;

    /// <summary>Takes back prepare, and freeze if there was one.</summary>
    void Cancel(ref PreMergeFileOpArgs args)
    {
    }

    /// <summary>Rebuilds the file from the data, in the next kernel. Called once, whether it works or not.</summary>
    int Retrieve(ref PreMergeFileOpArgs args);

    /// <summary>Gives up what is left of the state, in the next kernel.</summary>
    void Finish(ref PreMergeFileOpArgs args)
    {
    }
}
