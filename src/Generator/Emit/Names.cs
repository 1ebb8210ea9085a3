using LuoHandlers.Generator.Binding;

namespace LuoHandlers.Generator.Emit;

/// <summary>The runtime's types as generated code names them, whatever the author's namespaces are called.</summary>
internal static class Names
{
    public const string Interface = Global + WellKnownTypeNames.ILiveUpdateFileHandler;
    public const string Callbacks = Global + WellKnownTypeNames.FileHandlerCallbacks;
    public const string Arguments = Global + WellKnownTypeNames.LiveUpdateFileOpArgs;
    public const string File = Global + WellKnownTypeNames.LuoFile;
    public const string Memory = Global + WellKnownTypeNames.PreservedStateMemory;
    public const string Errno = Global + WellKnownTypeNames.Errno;
    public const string ErrnoException = Global + WellKnownTypeNames.ErrnoException;
    public const string Kernel = Global + WellKnownTypeNames.Kernel;

    private const string Global = "global::";
}
