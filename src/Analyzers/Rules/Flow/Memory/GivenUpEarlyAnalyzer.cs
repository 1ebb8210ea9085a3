using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds memory that one callback gives up though a later one needs it: in Freeze, in Unfreeze, and in Retrieve of an FLB.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GivenUpEarlyAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InFreeze = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Freeze what the next kernel, or Unpreserve after a reboot that failed, looks for: it is not there any more then. Leave it to Unpreserve.");

    private static readonly DiagnosticDescriptor InRetrieve = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Retrieve what Finish of '{1}' looks for again (EINVAL), and what others read until then. An FLB's memory is given up in Finish: leave it to that.");

    private static readonly DiagnosticDescriptor InUnfreeze = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Unfreeze what Unpreserve looks for again (EINVAL), as the next Freeze may: after a reboot that failed, the file is still preserved. Leave it to Unpreserve.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InFreeze, InRetrieve, InUnfreeze];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var freeze = code.Reach(CallbackKind.Freeze);
        // What is replaced by something else, or is not named any more, is given up for a reason.
        if (!freeze.Any(operation => operation is IInvocationOperation call && (call.PreservesMemory() || call.PreservesInScope())) && !freeze.Any(Writes))
        {
            foreach (IInvocationOperation call in freeze.OfType<IInvocationOperation>())
            {
                if (call.IsOfKho() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree" && call.FindSource() is { TargetMethod.Name: "FindPreserved" })
                    report(Diagnostic.Create(InFreeze, call.Syntax.GetLocation(), Name(call)));
            }
        }
        if (code.IsFlb)
            Check(CallbackKind.Retrieve, call => call.ConsumesInherited(), CallbackKind.Finish, call => call.FindsInherited(), InRetrieve);
        else
            Check(CallbackKind.Unfreeze, GivesUpPreserved, CallbackKind.Unpreserve, call => call.IsOfKho() && call.TargetMethod.Name == "FindPreserved", InUnfreeze);

        void Check(CallbackKind kind, Func<IInvocationOperation, bool> givesUp, CallbackKind later, Func<IInvocationOperation, bool> finds, DiagnosticDescriptor descriptor)
        {
            var found = FindAlways(code, later).Where(finds).Select(call => Found(call, code)).ToImmutableArray();
            foreach (IInvocationOperation call in FindAlways(code, kind).Where(givesUp))
            {
                if (FindFinding(call.FindSource(), code) is { } source && Found(source, code) is { } name && found.Contains(name))
                    report(Diagnostic.Create(descriptor, call.Syntax.GetLocation(), Name(call), code.Handler.Type.Name));
            }
        }

        bool Writes(IOperation operation) => operation switch
        {
            ISimpleAssignmentOperation { Target: var target } => IsNamed(target) || target is IFieldReferenceOperation { Instance: { } instance } && IsNamed(instance),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var value } => IsNamed(value),
            _ => false,
        };

        bool IsNamed(IOperation operation) => operation.Refers(code.FindParameter(CallbackKind.Freeze, ParameterRole.State))
            || operation.Refers(code.FindParameter(CallbackKind.Freeze, ParameterRole.SerializedData))
            || SymbolEqualityComparer.Default.Equals(operation.Unwrap().Type, code.Handler.StateType);
    }

    private static bool GivesUpPreserved(IInvocationOperation call) => call.IsOfKho() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree";

    // On a way that fails there is no Finish, and what Finish asks about may be known: only what runs on every way counts, in methods of the handler too.
    private static ImmutableArray<IInvocationOperation> FindAlways(HandlerCode code, CallbackKind kind)
    {
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var seen = new HashSet<IOperation>();
        var waiting = new Stack<IOperation>();
        if (code.FindBody(kind) is { } callback)
            waiting.Push(callback);
        while (waiting.Count > 0)
        {
            IOperation body = waiting.Pop();
            if (!seen.Add(body))
                continue;
            foreach (IInvocationOperation call in body.OwnDescendants().OfType<IInvocationOperation>().Where(IsAlways))
            {
                calls.Add(call);
                if (code.FindBody(call.TargetMethod.OriginalDefinition) is { } called)
                    waiting.Push(called);
            }
        }
        return calls.ToImmutable();
    }

    private static bool IsAlways(IInvocationOperation call) => !call.IsBeforeThrow()
        && !call.Ancestors().Any(each => each is IConditionalOperation or ICatchClauseOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation);

    // What a method of the handler finds for its caller.
    private static IInvocationOperation? FindFinding(IInvocationOperation? source, HandlerCode code) =>
        source is not null && code.FindBody(source.TargetMethod.OriginalDefinition) is { } body
            ? body.ReturnedValues().ToImmutableArray() is { Length: 1 } returned ? returned[0] as IInvocationOperation : null
            : source;

    // By what it was found: the same field of the state, or the raw handle. What a method of the handler is given may be something else each time.
    private static string? Found(IInvocationOperation call, HandlerCode code) => call.FindAddress() switch
    {
        IFieldReferenceOperation { Instance: IParameterReferenceOperation } field => $"{field.Field.ContainingType.Name}.{field.Field.Name}",
        IParameterReferenceOperation { Parameter: { ContainingSymbol: var method } parameter } when code.Handler.Callbacks.Any(callback => SymbolEqualityComparer.Default.Equals(callback.Method, method)) => parameter.Type.Name,
        _ => null,
    };

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
