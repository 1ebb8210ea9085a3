using LuoHandlers.Handlers;

namespace LuoHandlers.Orchestrator;

/// <summary>What LUO keeps of a handler. It lives as long as the kernel: files go on using a handler that was unregistered.</summary>
internal sealed class RegisteredHandler
{
    private readonly bool _filesPinModule;

    public RegisteredHandler(ILiveUpdateFileHandler handler, bool filesPinModule)
    {
        _filesPinModule = filesPinModule;
        Handler = handler;
        Compatible = CompatibleString.FromHandler(handler.Compatible);
        Name = Compatible.ToString();
        Callbacks = handler.Callbacks;
    }

    public ILiveUpdateFileHandler Handler { get; }

    public CompatibleString Compatible { get; }

    /// <summary>The compatible string for people.</summary>
    public string Name { get; }

    public FileHandlerCallbacks Callbacks { get; }

    public KernelModule? Owner => Handler.Owner;

    /// <summary>The FLBs that its files depend on, in the order in which they were linked. Replaced as a whole, never changed.</summary>
    public FlbState[] Flbs { get; set; } = [];

    public bool IsRegistered { get; set; }

    /// <summary>Whether it was registered at some time in this kernel; else no FLB can be linked to it.</summary>
    public bool WasRegistered { get; set; }

    /// <summary>Takes the module reference of a file; false if the module is going away.</summary>
    public bool TryPinModule() => !_filesPinModule || Owner is not { } owner || owner.TryGet();

    /// <summary>Gives back the module reference of a file.</summary>
    public void UnpinModule()
    {
        if (_filesPinModule)
            Owner?.Put();
    }

    public bool Has(FileHandlerCallbacks callback) => (Callbacks & callback) != 0;
}
