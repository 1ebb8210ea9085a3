using LuoHandlers.Handlers;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>An FLB whose handle is a number.</summary>
internal sealed class CountingFlb : ILiveUpdateFlb
{
    public const ulong Handle = 0x1234_5678_9abc;

    public ReadOnlySpan<byte> Compatible => "counting-flb-v1"u8;

    public FlbCallbacks Callbacks => FlbCallbacks.Required;

    public int Preserve(ref LiveUpdateFlbOpArgs args)
    {
        args.SerializedData = Handle;
        args.Object = this;
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFlbOpArgs args)
    {
    }

    public int Retrieve(ref LiveUpdateFlbOpArgs args)
    {
        args.Object = args.SerializedData;
        return 0;
    }

    public void Finish(ref LiveUpdateFlbOpArgs args)
    {
    }
}
