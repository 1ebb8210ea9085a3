using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what may wait in Freeze, which runs while the machine reboots.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingFreezeAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.BlockingFreeze.CreateDescriptor(
        "{0} can wait, and Freeze runs inside the reboot, with LUO's locks held: whoever would end the wait may never run again, and the machine hangs. Try once, and fail with EAGAIN.");

    private static readonly DiagnosticDescriptor UnderSpinLock = Rules.BlockingFreeze.CreateDescriptor(
        "{0} can wait while a SpinLock is held: all who want the lock spin until it is over, and in a kernel, which may not sleep there, the machine hangs. Leave the lock first.");

    private static readonly DiagnosticDescriptor UnderLock = Rules.BlockingFreeze.CreateDescriptor(
        "{0} waits while a 'lock' is held: if what it waits for needs the lock to come to an end, both wait for ever, and LUO with them, which holds the session meanwhile. Wait first, and lock then.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor, UnderSpinLock, UnderLock];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (IOperation operation in code.Reach(CallbackKind.Freeze))
        {
            if (FindWait(operation) is { } wait && !BriefLock.IsFor(operation, code))
                report(Diagnostic.Create(Descriptor, Place(operation), wait));
            else if (FindCalled(operation) is { } called && code.FindBody(called) is null && CalledWait.Find(called, code.CancellationToken) is { } inside)
                report(Diagnostic.Create(Descriptor, operation.Syntax.GetLocation(), $"{called.ContainingType.Name}.{called.AssociatedSymbol?.Name ?? called.Name}, by {inside},"));
        }
        foreach (KeyValuePair<IMethodSymbol, IBlockOperation> body in code.Bodies)
            AnalyzeSpinLock(body.Value, report);
        var frozen = code.Reach(CallbackKind.Freeze);
        foreach (IOperation operation in code.Operations.Where(each => FindEndOfOther(each) is not null))
        {
            // In Freeze, it is reported whatever is held.
            if (!frozen.Contains(operation) && FindLock(operation) is not null)
                report(Diagnostic.Create(UnderLock, Place(operation), FindEndOfOther(operation)));
        }
    }

    // Between Enter and Exit of a spinlock, in the order of the text, and where Enter stands on every way.
    private static void AnalyzeSpinLock(IBlockOperation body, Action<Diagnostic> report)
    {
        IOperation? entered = null;
        foreach (IOperation operation in body.OwnDescendants().Where(each => each is IInvocationOperation or ILockOperation or IPropertyReferenceOperation).OrderBy(each => each.Syntax.SpanStart))
        {
            if (operation is IInvocationOperation { TargetMethod: { ContainingType: { Name: "SpinLock" } type, Name: "Enter" or "Exit" } method } && IsIn(type, "Threading"))
                entered = method.Name == "Enter" ? operation.Parent?.Parent as IBlockOperation : null;
            else if (entered is not null && operation.IsIn(entered) && FindWait(operation) is { } wait)
                report(Diagnostic.Create(UnderSpinLock, Place(operation), wait));
        }
    }

    // Of a lock its head; of a long chain of calls what is called.
    private static Location Place(IOperation operation) => operation is ILockOperation held ? held.LockedValue.Syntax.GetLocation() : operation.Syntax.GetLocation();

    private static string? FindWait(IOperation operation) => operation switch
    {
        ILockOperation => "'lock'",
        IInvocationOperation call when Waits(call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: { Name: "Task" or "ValueTask" } type } } when IsIn(type, "Tasks") => $"{type.Name}.Result",
        _ => null,
    };

    // A wait until another thread or a task is done.
    private static string? FindEndOfOther(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Wait" or "WaitAll" or "WaitAny" or "Join" or "GetResult", ContainingType.Name: "Task" or "Thread" or "TaskAwaiter" } } or IPropertyReferenceOperation => FindWait(operation),
        _ => null,
    };

    // What runs later need not run with it.
    private static ILockOperation? FindLock(IOperation operation) => operation.Ancestors()
        .TakeWhile(each => each is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .OfType<ILockOperation>()
        .FirstOrDefault(held => operation.IsIn(held.Body));

    private static IMethodSymbol? FindCalled(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.OriginalDefinition,
        IPropertyReferenceOperation { Property.GetMethod: { } getter } read when read.Parent is not ISimpleAssignmentOperation assignment || assignment.Target != read => getter.OriginalDefinition,
        _ => null,
    };

    private static bool Waits(IInvocationOperation call)
    {
        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        return call.TargetMethod.Name switch
        {
            "Wait" or "WaitAll" or "WaitAny" => (IsIn(type, "Tasks") || IsIn(type, "Threading")) && !IsZero(call),
            "WaitOne" or "SignalAndWait" or "SpinUntil" => IsIn(type, "Threading") && !IsZero(call),
            "GetResult" => type is { Name: "TaskAwaiter" or "ValueTaskAwaiter" },
            "Sleep" or "Join" or "Enter" or "EnterScope" or "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" => IsIn(type, "Threading"),
            "SpinOnce" or "Yield" => IsIn(type, "Threading") && call.Ancestors().Any(each => each is ILoopOperation),
            "Take" => type.Name == "BlockingCollection",
            "WaitForExit" => IsIn(type, "Diagnostics"),
            _ => type.Name switch
            {
                "File" or "Directory" or "RandomAccess" => IsIn(type, "IO"),
                "Socket" or "TcpClient" or "UdpClient" => IsIn(type, "Sockets") && IsNetworkTransfer(call.TargetMethod.Name),
                "HttpClient" => IsIn(type, "Http") && call.TargetMethod.Name == "Send",
                "Dns" => IsIn(type, "Net"),
                // A line of a log is written in any case; nobody knows when one to read will come.
                "Console" => IsIn(type, "System") && call.TargetMethod.Name.StartsWith("Read", StringComparison.Ordinal),
                _ => Transfers(call.Instance?.Type, call.TargetMethod.Name),
            },
        };
    }

    private static bool Transfers(ITypeSymbol? type, string method) =>
        (IsStreamTransfer(method) && Derives(type, "Stream"))
        || (method.StartsWith("Read", StringComparison.Ordinal) && Derives(type, "TextReader"))
        || (method.StartsWith("Write", StringComparison.Ordinal) && Derives(type, "TextWriter"));

    private static bool IsStreamTransfer(string name) => name is "Read" or "ReadExactly" or "ReadByte" or "ReadAtLeast" or "Write" or "WriteByte" or "Flush" or "CopyTo";

    private static bool IsNetworkTransfer(string name) =>
        name is "Connect" or "Accept" or "Send" or "SendTo" or "SendFile" or "Receive" or "ReceiveFrom" or "ReceiveMessageFrom" or "Disconnect";

    private static bool IsZero(IInvocationOperation call) => call.Arguments.Any(argument => argument.Value.IsConstant(0));

    private static bool IsIn(ITypeSymbol type, string lastNamespace) => type.ContainingNamespace is { } space
        && space.Name == lastNamespace
        && (space.ToString() == "System" || space.ToString().StartsWith("System.", StringComparison.Ordinal));

    // In memory, nothing waits.
    private static bool Derives(ITypeSymbol? type, string name)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.Name is "MemoryStream" or "UnmanagedMemoryStream" or "StringReader" or "StringWriter")
                return false;
            if (each.Name == name && IsIn(each, "IO"))
                return true;
        }
        return false;
    }
}
