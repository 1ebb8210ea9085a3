using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// The handlers of a kernel. Who looks one up takes no lock: each change replaces what readers see, so that a handler may even register another
/// one from those of its callbacks where Linux lets it.
/// </summary>
internal sealed class HandlerRegistry(KernelProfile profile, CallbackInvoker callbacks, EventStream events, RegistrationLock registrations)
{
    private readonly Lock _lock = new();

    /// <summary>Every handler that was ever registered: files may use it longer than it is registered.</summary>
    private readonly Dictionary<ILiveUpdateFileHandler, RegisteredHandler> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>In the order of registration. Replaced as a whole, never changed.</summary>
    private volatile RegisteredHandler[] _registered = [];

    public int Register(ILiveUpdateFileHandler handler, bool areSessionsOpen)
    {
        lock (_lock)
        {
            RegisteredHandler registered = Get(handler);
            if ((registered.Callbacks & FileHandlerCallbacks.Required) != FileHandlerCallbacks.Required)
            {
                events.Warn(
                    KernelWarningKind.Error,
                    $"The handler \"{registered.Name}\" lacks {FileHandlerCallbacks.Required & ~registered.Callbacks}, and is not registered.");
                return -(int)Errno.EINVAL;
            }
            if (profile.SessionsBlockRegistration && areSessionsOpen)
            {
                events.Warn(KernelWarningKind.Error, $"The handler \"{registered.Name}\" is not registered: there are sessions. Register it before the device is opened.");
                return -(int)Errno.EBUSY;
            }
            if (FindByCompatible(registered.Compatible) is not null)
            {
                events.Warn(KernelWarningKind.Error, $"There is a handler for \"{registered.Name}\" already; the second one is not registered.");
                return -(int)Errno.EEXIST;
            }
            if (profile.SessionsBlockRegistration && registered.Owner is { } owner && !owner.TryGet())
                return -(int)Errno.EAGAIN;
            registered.IsRegistered = true;
            registered.WasRegistered = true;
            _registered = [.. _registered, registered];
            return 0;
        }
    }

    /// <summary>Takes a handler out; files of it go on using it.</summary>
    public void Unregister(RegisteredHandler registered)
    {
        lock (_lock)
        {
            if (!registered.IsRegistered)
                return;
            registered.IsRegistered = false;
            _registered = [.. _registered.Where(other => other != registered)];
            if (profile.SessionsBlockRegistration)
                registered.Owner?.Put();
        }
    }

    /// <summary>What LUO knows of a handler, registered or not.</summary>
    public RegisteredHandler GetKnown(ILiveUpdateFileHandler handler)
    {
        lock (_lock)
            return Get(handler);
    }

    /// <summary>The first handler, in the order of registration, that says it can preserve the file.</summary>
    public RegisteredHandler? FindFor(LuoFile file)
    {
        using RegistrationLock.ReadScope registration = registrations.EnterRead();
        foreach (RegisteredHandler handler in _registered)
        {
            if (callbacks.CanPreserve(handler, file))
                return handler;
        }
        return null;
    }

    public RegisteredHandler? FindByCompatible(CompatibleString compatible) => Array.Find(_registered, handler => handler.Compatible == compatible);

    /// <summary>Whether handlers come after this one.</summary>
    public bool IsLast(RegisteredHandler handler) => _registered is [.., var last] && last == handler;

    private RegisteredHandler Get(ILiveUpdateFileHandler handler)
    {
        if (!_known.TryGetValue(handler, out RegisteredHandler? registered))
            _known.Add(handler, registered = new RegisteredHandler(handler, filesPinModule: !profile.SessionsBlockRegistration));
        return registered;
    }
}
