using LuoHandlers.Handlers;

namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>Calls a handler as LUO does for one file: what a callback may change is taken over, the rest dropped; exceptions become errnos.</summary>
internal sealed class HandlerDriver(ILiveUpdateFileHandler handler)
{
    public KhoLedger Kho { get; } = new();

    public HandlerScript Script => ((IScriptedHandler)handler).Script;

    public Document? File { get; set; } = new("old") { Position = 3, Size = 40 };

    public ulong SerializedData { get; set; }

    public object? PrivateData { get; set; }

    public RetrieveStatus RetrieveStatus { get; set; }

    public bool CanPreserve() => handler.CanPreserve(File!);

    public int Preserve()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        int result;
        try
        {
            result = handler.Preserve(ref args);
        }
        catch (ErrnoException exception)
        {
            result = -(int)exception.Errno;
        }
        if (result == 0)
            (SerializedData, PrivateData) = (args.SerializedData, args.PrivateData);
        return result;
    }

    public void Unpreserve()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        handler.Unpreserve(ref args);
    }

    public int Freeze()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        int result;
        try
        {
            result = handler.Freeze(ref args);
        }
        catch (ErrnoException exception)
        {
            result = -(int)exception.Errno;
        }
        if (result == 0)
            SerializedData = args.SerializedData;
        return result;
    }

    public void Unfreeze()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        handler.Unfreeze(ref args);
    }

    /// <summary>The next kernel: only the handle and the preserved memory are left.</summary>
    public void Kexec()
    {
        Kho.Kexec();
        (File, PrivateData) = (null, null);
    }

    public int Retrieve()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        int result;
        try
        {
            result = handler.Retrieve(ref args);
        }
        catch (ErrnoException exception)
        {
            result = -(int)exception.Errno;
        }
        File = result == 0 ? (Document?)args.File : null;
        RetrieveStatus = result == 0 ? RetrieveStatus.Succeeded : new RetrieveStatus(result);
        return result;
    }

    public bool CanFinish()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        return handler.CanFinish(ref args);
    }

    public void Finish()
    {
        LiveUpdateFileOpArgs args = CreateArgs();
        handler.Finish(ref args);
    }

    private LiveUpdateFileOpArgs CreateArgs() => new()
    {
        Handler = handler,
        Kho = Kho,
        File = File,
        SerializedData = SerializedData,
        PrivateData = PrivateData,
        RetrieveStatus = RetrieveStatus,
    };
}
