using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>The handlers of a kernel, in the order of their registration.</summary>
internal sealed class PreMergeHandlerRegistry(PreMergeCallbacks callbacks, EventStream events)
{
    private readonly List<RegisteredPreMergeHandler> _handlers = [];

    public int Register(IPreMergeFileHandler handler, object? argument)
    {
        var registered = new RegisteredPreMergeHandler(handler, argument);
        if (FindByCompatible(registered.Compatible) is not null)
        {
            events.Warn(KernelWarningKind.Error, $"There is a handler for \"{registered.Name}\" already; the second one is not registered.");
            return -(int)Errno.EEXIST;
        }
        _handlers.Add(registered);
        return 0;
    }

    public RegisteredPreMergeHandler? Find(IPreMergeFileHandler handler) => _handlers.Find(registered => ReferenceEquals(registered.Handler, handler));

    public void Unregister(RegisteredPreMergeHandler handler) => _handlers.Remove(handler);

    public RegisteredPreMergeHandler? FindFor(LuoFile file) => _handlers.Find(handler => callbacks.CanPreserve(handler, file));

    public RegisteredPreMergeHandler? FindByCompatible(ReadOnlySpan<byte> compatible)
    {
        foreach (RegisteredPreMergeHandler handler in _handlers)
        {
            if (handler.Compatible.SequenceEqual(compatible))
                return handler;
        }
        return null;
    }
}
