using LuoHandlers.Handlers;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// A reference on the object of an FLB: while it is held, the object is neither given up nor finished. Dispose it; one that is forgotten keeps the
/// object alive into the next kernel, and there for ever.
/// </summary>
/// <typeparam name="TObject">The type of the object.</typeparam>
public sealed class FlbLease<TObject> : IDisposable
    where TObject : class
{
    private readonly TObject? _object;
    private Action<ILiveUpdateFlb>? _put;
    private readonly ILiveUpdateFlb _flb;

    internal FlbLease(ILiveUpdateFlb flb, TObject? liveObject, Action<ILiveUpdateFlb> put)
    {
        _flb = flb;
        _object = liveObject;
        _put = put;
    }

    /// <summary>The object; null if the FLB has none.</summary>
    /// <exception cref="ObjectDisposedException">The lease was given back: the object may be gone.</exception>
    public TObject? Object
    {
        get
        {
            ObjectDisposedException.ThrowIf(_put is null, this);
            return _object;
        }
    }

    /// <summary>Gives the reference back, once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _put, null)?.Invoke(_flb);
}
