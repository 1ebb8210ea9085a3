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

    // A method without a result is called for what it does; one with a result may only tell something.
    private static string? FindChange(IOperation operation, IParameterSymbol? file) => operation switch
    {
        IInvocationOperation call when call.Takes() => call.TargetMethod.Name,
        IInvocationOperation { Instance: { } instance, TargetMethod: { ReturnsVoid: true, Name: not ("Get" or "Put") } method } call
            when instance.Refers(file) && !call.Arguments.Any(argument => argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref) => $"{instance.Syntax}.{method.Name}",
        IAssignmentOperation assignment => FindWritten(assignment.Target, file),
        IIncrementOrDecrementOperation increment => FindWritten(increment.Target, file),
        _ => null,
    };

    private static string? FindWritten(IOperation target, IParameterSymbol? file) =>
        target is IMemberReferenceOperation { Instance: { } instance } member && instance.Refers(file) ? $"{instance.Syntax}.{member.Member.Name}" : null;
}
