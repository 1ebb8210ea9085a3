using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// Calls handlers and FLBs. An exception becomes the failure of the callback, told in the log: it never reaches LUO's own code, whose
/// bookkeeping would be left half done.
/// </summary>
internal sealed class CallbackInvoker(IKho kho, EventStream events)
{
    public bool CanPreserve(RegisteredHandler handler, LuoFile file)
    {
        long started = events.StartCallback();
        bool result = false;
        try
        {
            result = handler.Handler.CanPreserve(file);
        }
        catch (Exception e)
        {
            ReportException("can_preserve", handler.Compatible, e, "The handler does not get this file.");
        }
        events.Callback("can_preserve", handler.Name, null, result ? 1 : 0, started);
        return result;
    }

    /// <param name="handler">The handler.</param>
    /// <param name="file">The file.</param>
    /// <param name="otherwise">The identity if get_id throws.</param>
    public ulong GetId(RegisteredHandler handler, LuoFile file, ulong otherwise)
    {
        try
        {
            return handler.Handler.GetId(file);
        }
        catch (Exception e)
        {
            ReportException("get_id", handler.Compatible, e, $"The identity 0x{otherwise:x} is used.");
            return otherwise;
        }
    }

    public int Preserve(PreservedFile file, ref LiveUpdateFileOpArgs args) =>
        Invoke("preserve", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) => handler.Preserve(ref args));

    public void Unpreserve(PreservedFile file)
    {
        LiveUpdateFileOpArgs args = Arguments(file);
        InvokeVoid("unpreserve", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) =>
        {
            handler.Unpreserve(ref args);
            return 0;
        });
    }

    public int Freeze(PreservedFile file, ref LiveUpdateFileOpArgs args) =>
        Invoke("freeze", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) => handler.Freeze(ref args));

    public void Unfreeze(PreservedFile file)
    {
        LiveUpdateFileOpArgs args = Arguments(file);
        InvokeVoid("unfreeze", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) =>
        {
            handler.Unfreeze(ref args);
            return 0;
        });
    }

    public int Retrieve(PreservedFile file, ref LiveUpdateFileOpArgs args) =>
        Invoke("retrieve", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) => handler.Retrieve(ref args));

    public bool CanFinish(PreservedFile file)
    {
        LiveUpdateFileOpArgs args = FinishArguments(file);
        long started = events.StartCallback();
        bool result = false;
        try
        {
            result = file.Handler.Handler.CanFinish(ref args);
        }
        catch (Exception e)
        {
            ReportException("can_finish", file.Handler.Compatible, e, "The session can't be finished.");
        }
        events.Callback("can_finish", file.Handler.Name, file.Token, result ? 1 : 0, started);
        return result;
    }

    public void Finish(PreservedFile file)
    {
        LiveUpdateFileOpArgs args = FinishArguments(file);
        InvokeVoid("finish", file, ref args, static (ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args) =>
        {
            handler.Finish(ref args);
            return 0;
        });
    }

    /// <summary>The arguments of a callback in the kernel that preserved the file.</summary>
    public LiveUpdateFileOpArgs Arguments(PreservedFile file) => new()
    {
        Handler = file.Handler.Handler,
        Kho = kho,
        File = file.File,
        SerializedData = file.SerializedData,
        PrivateData = file.PrivateData,
    };

    /// <summary>The arguments of retrieve: neither file nor private data.</summary>
    public LiveUpdateFileOpArgs RetrieveArguments(PreservedFile file) => new()
    {
        Handler = file.Handler.Handler,
        Kho = kho,
        SerializedData = file.SerializedData,
    };

    public int Preserve(FlbState flb, ref LiveUpdateFlbOpArgs args) =>
        Invoke("flb_preserve", flb, ref args, static (ILiveUpdateFlb flb, ref LiveUpdateFlbOpArgs args) => flb.Preserve(ref args));

    public void Unpreserve(FlbState flb, ref LiveUpdateFlbOpArgs args) =>
        Invoke("flb_unpreserve", flb, ref args, static (ILiveUpdateFlb flb, ref LiveUpdateFlbOpArgs args) =>
        {
            flb.Unpreserve(ref args);
            return 0;
        });

    public int Retrieve(FlbState flb, ref LiveUpdateFlbOpArgs args) =>
        Invoke("flb_retrieve", flb, ref args, static (ILiveUpdateFlb flb, ref LiveUpdateFlbOpArgs args) => flb.Retrieve(ref args));

    public void Finish(FlbState flb, ref LiveUpdateFlbOpArgs args) =>
        Invoke("flb_finish", flb, ref args, static (ILiveUpdateFlb flb, ref LiveUpdateFlbOpArgs args) =>
        {
            flb.Finish(ref args);
            return 0;
        });

    public LiveUpdateFlbOpArgs Arguments(FlbState flb, ulong serializedData, object? liveObject) => new()
    {
        Flb = flb.Flb,
        Kho = kho,
        SerializedData = serializedData,
        Object = liveObject,
    };

    private LiveUpdateFileOpArgs FinishArguments(PreservedFile file) => new()
    {
        Handler = file.Handler.Handler,
        Kho = kho,
        File = file.File,
        SerializedData = file.SerializedData,
        RetrieveStatus = new RetrieveStatus(file.RetrieveStatus),
    };

    private int Invoke(string callback, PreservedFile file, ref LiveUpdateFileOpArgs args, FileCallback invoke)
    {
        long started = events.StartCallback();
        int result;
        try
        {
            result = invoke(file.Handler.Handler, ref args);
        }
        catch (Exception e)
        {
            result = ReportFailure(callback, file.Handler.Compatible, e);
        }
        ReportPositive(callback, file.Handler.Compatible, result);
        events.Callback(callback, file.Handler.Name, file.Token, result, started);
        return result;
    }

    private void InvokeVoid(string callback, PreservedFile file, ref LiveUpdateFileOpArgs args, FileCallback invoke)
    {
        long started = events.StartCallback();
        try
        {
            invoke(file.Handler.Handler, ref args);
        }
        catch (Exception e)
        {
            ReportException(callback, file.Handler.Compatible, e, "This callback can't fail; what it did not undo stays.");
        }
        events.Callback(callback, file.Handler.Name, file.Token, 0, started);
    }

    private int Invoke(string callback, FlbState flb, ref LiveUpdateFlbOpArgs args, FlbCallback invoke)
    {
        long started = events.StartCallback();
        int result;
        try
        {
            result = invoke(flb.Flb, ref args);
        }
        catch (Exception e)
        {
            result = ReportFailure(callback, flb.Compatible, e);
        }
        ReportPositive(callback, flb.Compatible, result);
        if (started != 0)
            events.Callback(callback, flb.Compatible.ToString(), null, result, started);
        return result;
    }

    private void ReportPositive(string callback, CompatibleString compatible, int result)
    {
        if (result > 0 && events.HasListener)
        {
            events.Mistake(
                KernelMistake.PositiveResult,
                $"{callback} of \"{compatible}\" returned {result}. LUO takes only negative numbers for failures everywhere: return -(int)Errno.….");
        }
    }

    private int ReportFailure(string callback, CompatibleString compatible, Exception exception)
    {
        Errno errno = exception is ErrnoException e ? e.Errno : Errno.EIO;
        ReportException(callback, compatible, exception, $"It counts as failed with {errno}.");
        return -(int)errno;
    }

    private void ReportException(string callback, CompatibleString compatible, Exception exception, string consequence)
    {
        if (!events.HasListener)
            return;
        // A failure that the author means is told in one line; anything else with all that is known of it.
        string cause = exception is ErrnoException ? exception.Message : exception.ToString();
        events.Warn(
            exception is ErrnoException ? KernelWarningKind.Warning : KernelWarningKind.Error,
            $"{callback} of \"{compatible}\" threw {exception.GetType().Name}. {consequence} {cause}");
    }

    private delegate int FileCallback(ILiveUpdateFileHandler handler, ref LiveUpdateFileOpArgs args);

    private delegate int FlbCallback(ILiveUpdateFlb flb, ref LiveUpdateFlbOpArgs args);
}
