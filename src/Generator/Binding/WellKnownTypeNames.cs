namespace LuoHandlers.Generator.Binding;

/// <summary>The metadata names of the types that a handler's source can mention and the binder knows.</summary>
internal static class WellKnownTypeNames
{
    public const string LiveUpdateFileHandlerAttribute = "LuoHandlers.LiveUpdateFileHandlerAttribute";
    public const string LiveUpdateFlbAttribute = "LuoHandlers.LiveUpdateFlbAttribute";
    public const string LiveUpdateSessionAttribute = "LuoHandlers.LiveUpdateSessionAttribute";
    public const string TokenAttribute = "LuoHandlers.TokenAttribute";
    public const string RetrievesFromAttribute = "LuoHandlers.RetrievesFromAttribute";
    public const string DependsOnAttribute = "LuoHandlers.DependsOnAttribute`1";
    public const string UsesFlbAttribute = "LuoHandlers.UsesFlbAttribute`1";
    public const string LiveUpdateHandlersAttribute = "LuoHandlers.LiveUpdateHandlersAttribute";
    public const string PreservedStateAttribute = "LuoHandlers.PreservedStateAttribute";
    public const string AbiConstantAttribute = "LuoHandlers.AbiConstantAttribute";
    public const string LiveUpdateAbiKind = "LuoHandlers.LiveUpdateAbiKind";
    public const string LiveUpdateAbiAttribute = "LuoHandlers.LiveUpdateAbiAttribute";
    public const string Errno = "LuoHandlers.Errno";
    public const string ErrnoException = "LuoHandlers.ErrnoException";
    public const string FileHandlerCallbacks = "LuoHandlers.Handlers.FileHandlerCallbacks";
    public const string ILiveUpdateFileHandler = "LuoHandlers.Handlers.ILiveUpdateFileHandler";
    public const string IRetrievesOlder = "LuoHandlers.Handlers.IRetrievesOlder";
    public const string ILiveUpdateFlb = "LuoHandlers.Handlers.ILiveUpdateFlb";
    public const string ILiveUpdateFlbOfObject = "LuoHandlers.Handlers.ILiveUpdateFlb`1";
    public const string FlbCallbacks = "LuoHandlers.Handlers.FlbCallbacks";
    public const string LiveUpdateFlbOpArgs = "LuoHandlers.Handlers.LiveUpdateFlbOpArgs";
    public const string LiveUpdateFileOpArgs = "LuoHandlers.Handlers.LiveUpdateFileOpArgs";
    public const string PreservedStateMemory = "LuoHandlers.Handlers.PreservedStateMemory";
    public const string OutgoingDependency = "LuoHandlers.Handlers.OutgoingDependency`1";
    public const string IncomingDependency = "LuoHandlers.Handlers.IncomingDependency`1";
    public const string RetrieveStatus = "LuoHandlers.Handlers.RetrieveStatus";
    public const string IKho = "LuoHandlers.Kho.IKho";
    public const string Kernel = "LuoHandlers.Emulation.Kernel";
    public const string LiveUpdateDevice = "LuoHandlers.Uapi.LiveUpdateDevice";
    public const string LiveUpdateSession = "LuoHandlers.Uapi.LiveUpdateSession";
    public const string SessionFiles = "LuoHandlers.Emulation.SessionFiles";
    public const string LuoFile = "LuoHandlers.Vfs.LuoFile";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    public const string SetsRequiredMembersAttribute = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
}
