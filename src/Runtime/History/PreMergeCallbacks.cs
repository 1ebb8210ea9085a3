using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>Calls handlers. An exception, or a number that is neither 0 nor an errno, becomes a failure that is told in the log.</summary>
internal sealed class PreMergeCallbacks(IKho kho, EventStream events)
{
    private delegate int Operation(IPreMergeFileHandler handler, ref PreMergeFileOpArgs args);

    public bool CanPreserve(RegisteredPreMergeHandler handler, LuoFile file)
    {
        long started = events.StartCallback();
        bool result = false;
        try
        {
            result = handler.Handler.CanPreserve(file, handler.Argument);
        }
        catch (Exception e)
        {
            Report("can_preserve", handler, e);
        }
        events.Callback("can_preserve", handler.Name, null, result ? 1 : 0, started);
        return result;
    }

    public int Prepare(PreMergeFile file) =>
        InvokeForData("prepare", file, static (IPreMergeFileHandler handler, ref PreMergeFileOpArgs args) => handler.Prepare(ref args));

    public int Freeze(PreMergeFile file) =>
        InvokeForData("freeze", file, static (IPreMergeFileHandler handler, ref PreMergeFileOpArgs args) => handler.Freeze(ref args));

    public void Cancel(PreMergeFile file)
    {
        PreMergeFileOpArgs args = Arguments(file);
        Invoke("cancel", file, ref args, static (IPreMergeFileHandler handler, ref PreMergeFileOpArgs args) =>
        {
            handler.Cancel(ref args);
            return 0;
        });
    }

    /// <summary>Retrieves a file, with the reference that the handler made it with.</summary>
    public int Retrieve(PreMergeFile file)
    {
        PreMergeFileOpArgs args = Arguments(file);
        int result = Invoke("retrieve", file, ref args, static (IPreMergeFileHandler handler, ref PreMergeFileOpArgs args) => handler.Retrieve(ref args));
        if (result == 0 && args.File is null or { ReferenceCount: 0 })
        {
            events.Warn(KernelWarningKind.Error, $"retrieve of \"{file.Handler.Name}\" returned 0 and no file that is open. It counts as failed with EIO.");
            result = -(int)Errno.EIO;
        }
        if (result == 0)
            file.File = args.File;
        return result;
    }

    public void Finish(PreMergeFile file)
    {
        PreMergeFileOpArgs args = Arguments(file);
        Invoke("finish", file, ref args, static (IPreMergeFileHandler handler, ref PreMergeFileOpArgs args) =>
        {
            handler.Finish(ref args);
            return 0;
        });
    }

    private PreMergeFileOpArgs Arguments(PreMergeFile file) => new()
    {
        Kho = kho,
        Argument = file.Handler.Argument,
        File = file.File,
        Data = file.Data,
        IsReclaimed = file.IsReclaimed,
    };

    private int InvokeForData(string callback, PreMergeFile file, Operation operation)
    {
        PreMergeFileOpArgs args = Arguments(file);
        int result = Invoke(callback, file, ref args, operation);
        if (result == 0)
            file.Data = args.Data;
        return result;
    }

    private int Invoke(string callback, PreMergeFile file, ref PreMergeFileOpArgs args, Operation operation)
    {
        long started = events.StartCallback();
        int result;
        try
        {
            result = operation(file.Handler.Handler, ref args);
            if (result > 0)
            {
                events.Warn(KernelWarningKind.Error, $"{callback} of \"{file.Handler.Name}\" returned {result}, which is no errno: return -(int)Errno.…. It counts as failed with EIO.");
                result = -(int)Errno.EIO;
            }
        }
        catch (Exception e)
        {
            result = Report(callback, file.Handler, e);
        }
        events.Callback(callback, file.Handler.Name, file.Token, result, started);
        return result;
    }

    private int Report(string callback, RegisteredPreMergeHandler handler, Exception exception)
    {
        // A failure that the author means is told in one line; anything else with all that is known of it.
        (Errno errno, string cause) = exception is ErrnoException failure ? (failure.Errno, failure.Message) : (Errno.EIO, exception.ToString());
        events.Warn(KernelWarningKind.Warning, $"{callback} of \"{handler.Name}\" threw {exception.GetType().Name}; it counts as failed with {errno}. {cause}");
        return -(int)errno;
    }
}
