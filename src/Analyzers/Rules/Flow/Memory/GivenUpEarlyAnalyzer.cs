using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds memory that one callback gives up though a later one needs it: in Freeze, and in Retrieve of an FLB.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GivenUpEarlyAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InFreeze = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Freeze what the next kernel, or Unpreserve after a reboot that failed, looks for: it is not there any more then. Leave it to Unpreserve.");

    private static readonly DiagnosticDescriptor InRetrieve = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Retrieve what Finish of '{1}' looks for again (EINVAL), and what others read until then. An FLB's memory is given up in Finish: leave it to that.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InFreeze, InRetrieve];

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
        if (!code.IsFlb)
            return;
        var found = code.Reach(CallbackKind.Finish).OfType<IInvocationOperation>().Where(call => call.FindsInherited() && IsAlways(call)).Select(Found).ToImmutableArray();
        foreach (IInvocationOperation call in code.Reach(CallbackKind.Retrieve).OfType<IInvocationOperation>().Where(call => call.ConsumesInherited() && IsAlways(call)))
        {
            if (call.FindSource() is { } source && Found(source) is { } name && found.Contains(name))
                report(Diagnostic.Create(InRetrieve, call.Syntax.GetLocation(), Name(call), code.Handler.Type.Name));
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

    // On a way that fails there is no Finish, and what Finish asks about may be known.
    private static bool IsAlways(IInvocationOperation call) => !call.Ancestors().Any(each => each is IConditionalOperation or ICatchClauseOperation or ISwitchOperation);

    // By what it was found: the same field of the state. The same variable may be something else.
    private static string? Found(IInvocationOperation call) =>
        call.FindAddress() is IFieldReferenceOperation { Instance: IParameterReferenceOperation } or IParameterReferenceOperation ? call.FindAddress()!.Syntax.ToString() : null;

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
