namespace LuoHandlers.Generator.Binding;

/// <summary>The callbacks of a file handler, in the order of the runtime's <c>FileHandlerCallbacks</c>.</summary>
internal enum CallbackKind
{
    CanPreserve,
    Preserve,
    Unpreserve,
    Freeze,
    Unfreeze,
    Retrieve,
    CanFinish,
    Finish,
    GetId,
}
