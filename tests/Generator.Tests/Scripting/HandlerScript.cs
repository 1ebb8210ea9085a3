namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>Tells a scripted handler which of its callbacks fails, and how, and keeps what the callbacks saw.</summary>
public sealed class HandlerScript
{
    private string? _failing;
    private Errno _errno;
    private Exception? _exception;

    /// <summary>The callbacks so far, each with what it was given.</summary>
    public IList<string> Calls { get; } = [];

    public bool Answer { get; set; } = true;

    public bool RetrievesNull { get; set; }

    /// <summary>Makes a callback fail by its return value.</summary>
    public void Fail(string callback, Errno errno)
    {
        _failing = callback;
        _errno = errno;
    }

    /// <summary>Makes a callback fail by an exception.</summary>
    public void Throw(string callback, Exception exception)
    {
        _failing = callback;
        _exception = exception;
    }

    /// <summary>What the scripted handlers call in each callback.</summary>
    public Errno Run(string callback, params object?[] seen)
    {
        Calls.Add($"{callback}({string.Join(", ", seen.Select(each => each ?? "null"))})");
        if (_failing != callback)
            return Errno.None;
        if (_exception is not null)
            throw _exception;
        return _errno;
    }
}
