using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a Freeze that changes more than the state, in a handler that can't take it back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingUnfreezeAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.MissingUnfreeze.CreateDescriptor(
        "Freeze of '{0}' does more than write the state ({1}), and there is no Unfreeze: when the reboot fails in another file, this one stays as it is now. Write Unfreeze to take it back.");

    private static readonly string[] StoppingNames =
    [
        "Stop", "Pause", "Suspend", "Quiesce", "Halt", "Hold", "Park", "Freeze", "Lock", "Seal", "Block", "Disable", "Mask", "Mute", "Cork", "Deactivate",
        "Detach", "Disconnect", "Unplug", "Unmap", "Unbind", "Close", "Shut", "Power", "Reset", "Begin", "Enter", "Drain", "Quiet", "Silence",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Unfreeze) is not null || code.FindBody(CallbackKind.Freeze) is not { } freeze)
            return;
        IParameterSymbol? file = code.FindParameter(CallbackKind.Freeze, ParameterRole.File);
        string? change = freeze.OwnDescendants().Select(operation => FindChange(operation, file)).FirstOrDefault(found => found is not null);
        if (change is not null)
            report(Diagnostic.Create(Descriptor, code.Handler.FindCallback(CallbackKind.Freeze)!.Method.Locations[0], code.Handler.Type.Name, change));
    }

    // A method without a result is called for what it does; but what is flushed, or counted, or noted with its time, need not be taken back.
    private static string? FindChange(IOperation operation, IParameterSymbol? file) => operation switch
    {
        IInvocationOperation call when call.Takes() => call.TargetMethod.Name,
        IInvocationOperation { Instance: { } instance, TargetMethod: { ReturnsVoid: true } method } call
            when file is not null && instance.Refers(file) && StopsSomething(method.Name) => $"{file.Name}.{method.Name}",
        // Of the handler itself it is a mark that something is frozen.
        ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true } assignment => FindWritten(assignment.Target, file),
        _ => null,
    };

    private static bool StopsSomething(string method) => StoppingNames.Any(name => method.StartsWith(name, StringComparison.Ordinal));

    private static string? FindWritten(IOperation target, IParameterSymbol? file) =>
        target switch
        {
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation } mark => mark.Member.Name,
            IMemberReferenceOperation { Instance: { } instance } member when instance.Refers(file) => $"{instance.Syntax}.{member.Member.Name}",
            _ => null,
        };
}
