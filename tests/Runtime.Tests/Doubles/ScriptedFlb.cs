using System.Collections.Concurrent;
using System.Text;
using LuoHandlers.Handlers;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>An FLB with the handle 0xf1b, whose object is a text. A test replaces the callbacks that it is about; all are counted.</summary>
internal sealed class ScriptedFlb(string compatible = "shared-v1") : ILiveUpdateFlb
{
    public const ulong Handle = 0xf1b;

    private readonly byte[] _compatible = Encoding.UTF8.GetBytes(compatible);
    private readonly ConcurrentDictionary<FlbCallbacks, int> _counts = new();

    public ReadOnlySpan<byte> Compatible => _compatible;

    public FlbCallbacks Callbacks => FlbCallbacks.Required;

    public KernelModule? Owner { get; init; }

    public FlbCallback OnPreserve { get; set; } = static (ref LiveUpdateFlbOpArgs args) =>
    {
        args.SerializedData = Handle;
        args.Object = "preserved";
        return 0;
    };

    public FlbCallback OnUnpreserve { get; set; } = static (ref LiveUpdateFlbOpArgs _) => 0;

    public FlbCallback OnRetrieve { get; set; } = static (ref LiveUpdateFlbOpArgs args) =>
    {
        args.Object = $"retrieved {args.SerializedData:x}";
        return 0;
    };

    public FlbCallback OnFinish { get; set; } = static (ref LiveUpdateFlbOpArgs _) => 0;

    /// <summary>How often a callback was called.</summary>
    public int Count(FlbCallbacks callback) => _counts.GetValueOrDefault(callback);

    public int Preserve(ref LiveUpdateFlbOpArgs args) => Call(FlbCallbacks.Preserve, OnPreserve, ref args);

    public void Unpreserve(ref LiveUpdateFlbOpArgs args) => Call(FlbCallbacks.Unpreserve, OnUnpreserve, ref args);

    public int Retrieve(ref LiveUpdateFlbOpArgs args) => Call(FlbCallbacks.Retrieve, OnRetrieve, ref args);

    public void Finish(ref LiveUpdateFlbOpArgs args) => Call(FlbCallbacks.Finish, OnFinish, ref args);

    private int Call(FlbCallbacks callback, FlbCallback action, ref LiveUpdateFlbOpArgs args)
    {
        _counts.AddOrUpdate(callback, 1, static (_, count) => count + 1);
        return action(ref args);
    }
}
