using LuoHandlers.Manifests;
using LuoHandlers.Orchestrator.Events;
using Microsoft.Extensions.Logging;

namespace LuoHandlers.Emulation;

/// <summary>Writes to an <see cref="ILogger"/> what the kernel would write to its log, and, at debug level, every callback and operation.</summary>
internal sealed partial class KernelLog(ILogger logger)
{
    public void Write(LuoEvent luoEvent)
    {
        switch (luoEvent)
        {
            case KernelWarningEvent { Kind: KernelWarningKind.Warning } warning:
                Warning(warning.Message);
                break;
            case KernelWarningEvent { Kind: KernelWarningKind.Error } warning:
                Error(warning.Message);
                break;
            case KernelWarningEvent warning:
                Alert(warning.Kind, warning.Message);
                break;
            case KernelMistakeEvent mistake:
                Mistake(mistake.Mistake, mistake.Message);
                break;
            case PreflightEvent { Report: var report }:
                Preflight(report.Program, report.Losses.Count, string.Join(" ", report.NotChecked));
                break;
            case CallbackEvent callback:
                Callback(callback.Callback, callback.Compatible, callback.Token, callback.Result, callback.Duration.TotalMilliseconds);
                break;
            case OperationEvent operation:
                Operation(operation.Operation, operation.Session, operation.Token, operation.Result);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Message}")]
    private partial void Warning(string message);

    [LoggerMessage(2, LogLevel.Error, "{Message}")]
    private partial void Error(string message);

    [LoggerMessage(3, LogLevel.Error, "{Kind}: {Message}")]
    private partial void Alert(KernelWarningKind kind, string message);

    [LoggerMessage(4, LogLevel.Warning, "Linux does this by mistake ({Mistake}): {Message}")]
    private partial void Mistake(KernelMistake mistake, string message);

    [LoggerMessage(5, LogLevel.Debug, "{Callback} of {Compatible}, token {Token}: {Result} after {Milliseconds} ms")]
    private partial void Callback(string callback, string compatible, ulong? token, int result, double milliseconds);

    [LoggerMessage(6, LogLevel.Debug, "{Operation} of session {Session}, token {Token}: {Result}")]
    private partial void Operation(string operation, string? session, ulong? token, int result);

    [LoggerMessage(7, LogLevel.Information, "Preflight: {Program} would lose {Losses}. Not checked: {NotChecked}")]
    private partial void Preflight(string program, int losses, string notChecked);
}
