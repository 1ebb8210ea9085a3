namespace LuoHandlers.Vfs;

/// <summary>
/// An open file: the kernel's <c>struct file</c>. Reference counted; <see cref="Release"/> runs when the last reference is put.
/// Derive from it to make a file type that a handler can preserve.
/// </summary>
public abstract class LuoFile
{
    private int _referenceCount = 1;
    private int _isClaimed;

    /// <summary>How many references there are: descriptors, preservations, and what user code took. 0 once the file is released.</summary>
    public int ReferenceCount => Volatile.Read(ref _referenceCount);

    /// <summary>Takes one more reference (<c>get_file</c>).</summary>
    /// <exception cref="ObjectDisposedException">The file is released.</exception>
    public void Get()
    {
        int seen = _referenceCount;
        while (true)
        {
            ObjectDisposedException.ThrowIf(seen <= 0, this);
            int before = Interlocked.CompareExchange(ref _referenceCount, seen + 1, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    /// <summary>
    /// Puts a reference (<c>fput</c>). With the last one the file is released: at once, or, inside a system call, at its end.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The file is released already.</exception>
    public void Put() => ObjectDisposedException.ThrowIf(!TryPut(), this);

    /// <summary>Called once, when the last reference is put (<c>file_operations.release</c>).</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Claims the file for one preservation, where the file itself is its identity.</summary>
    /// <returns>False: it is claimed already.</returns>
    internal bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Takes <see cref="TryClaim"/> back.</summary>
    internal void Unclaim() => Volatile.Write(ref _isClaimed, 0);

    /// <summary>Puts a reference.</summary>
    /// <returns>False: the file is released already.</returns>
    internal bool TryPut()
    {
        int left = Interlocked.Decrement(ref _referenceCount);
        if (left < 0)
        {
            Interlocked.Increment(ref _referenceCount);
            return false;
        }
        if (left == 0)
            TaskWork.RunAtEndOfSystemCall(this);
        return true;
    }

    internal void InvokeRelease() => Release();
}
