using System.Collections.Concurrent;
using System.Text;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>
/// A handler of <see cref="PlainFile"/>, whose handle is the number in the file. A test replaces the callbacks that it is about; all are counted.
/// </summary>
internal sealed class ScriptedHandler(string compatible = "plain-v1", FileHandlerCallbacks callbacks = ScriptedHandler.AllButGetId)
    : ILiveUpdateFileHandler
{
    public const FileHandlerCallbacks AllButGetId = FileHandlerCallbacks.Required
        | FileHandlerCallbacks.Freeze
        | FileHandlerCallbacks.Unfreeze
        | FileHandlerCallbacks.CanFinish;

    private readonly byte[] _compatible = Encoding.UTF8.GetBytes(compatible);
    private readonly ConcurrentDictionary<FileHandlerCallbacks, int> _counts = new();

    public ReadOnlySpan<byte> Compatible => _compatible;

    public FileHandlerCallbacks Callbacks => callbacks;

    public KernelModule? Owner { get; init; }

    public Func<LuoFile, bool> OnCanPreserve { get; set; } = static file => file is PlainFile;

    public FileCallback OnPreserve { get; set; } = static (ref LiveUpdateFileOpArgs args) =>
    {
        args.SerializedData = ((PlainFile)args.File!).Value;
        return 0;
    };

    public FileCallback OnUnpreserve { get; set; } = static (ref LiveUpdateFileOpArgs _) => 0;

    public FileCallback OnFreeze { get; set; } = static (ref LiveUpdateFileOpArgs _) => 0;

    public FileCallback OnUnfreeze { get; set; } = static (ref LiveUpdateFileOpArgs _) => 0;

    public FileCallback OnRetrieve { get; set; } = static (ref LiveUpdateFileOpArgs args) =>
    {
        args.File = new PlainFile(args.SerializedData);
        return 0;
    };

    public FileCallback OnCanFinish { get; set; } = static (ref LiveUpdateFileOpArgs _) => 1;

    public FileCallback OnFinish { get; set; } = static (ref LiveUpdateFileOpArgs _) => 0;

    public Func<LuoFile, ulong> OnGetId { get; set; } = static file => ((PlainFile)file).Value;

    /// <summary>How often a callback was called.</summary>
    public int Count(FileHandlerCallbacks callback) => _counts.GetValueOrDefault(callback);

    public bool CanPreserve(LuoFile file)
    {
        Add(FileHandlerCallbacks.CanPreserve);
        return OnCanPreserve(file);
    }

    public int Preserve(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Preserve, OnPreserve, ref args);

    public void Unpreserve(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Unpreserve, OnUnpreserve, ref args);

    public int Freeze(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Freeze, OnFreeze, ref args);

    public void Unfreeze(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Unfreeze, OnUnfreeze, ref args);

    public int Retrieve(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Retrieve, OnRetrieve, ref args);

    public bool CanFinish(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.CanFinish, OnCanFinish, ref args) != 0;

    public void Finish(ref LiveUpdateFileOpArgs args) => Call(FileHandlerCallbacks.Finish, OnFinish, ref args);

    public ulong GetId(LuoFile file)
    {
        Add(FileHandlerCallbacks.GetId);
        return OnGetId(file);
    }

    private int Call(FileHandlerCallbacks callback, FileCallback action, ref LiveUpdateFileOpArgs args)
    {
        Add(callback);
        return action(ref args);
    }

    private void Add(FileHandlerCallbacks callback) => _counts.AddOrUpdate(callback, 1, static (_, count) => count + 1);
}
