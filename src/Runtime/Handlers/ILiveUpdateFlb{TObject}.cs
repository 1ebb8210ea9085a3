namespace LuoHandlers.Handlers;

/// <summary>An FLB whose live object has a known type. The generator implements it for classes with <see cref="LiveUpdateFlbAttribute"/>.</summary>
/// <typeparam name="TObject">The type of the live object.</typeparam>
public interface ILiveUpdateFlb<TObject> : ILiveUpdateFlb
    where TObject : class;
