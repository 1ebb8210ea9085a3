using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what Preserve takes, or Retrieve finds, and a later failure leaves behind.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeakOnFailureAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Later = Rules.LeakOnFailure.CreateDescriptor(
        "What {0} takes here stays taken when line {1} fails: LUO does not call Unpreserve after a failed Preserve. Take it in a 'using' PreservationScope, or release it in a 'catch'.");

    private static readonly DiagnosticDescriptor InLoop = Rules.LeakOnFailure.CreateDescriptor(
        "When {0} fails in a later turn of the loop, what it took before stays taken: LUO does not call Unpreserve after a failed Preserve. Take all in a 'using' PreservationScope.");

    private static readonly DiagnosticDescriptor Inherited = Rules.LeakOnFailure.CreateDescriptor(
        "What {0} finds here is lost for good when line {1} fails: LUO never calls Retrieve again, and Finish gets no state after a failure. Free it before failing, or in a 'finally'.");

    private static readonly DiagnosticDescriptor Restored = Rules.LeakOnFailure.CreateDescriptor(
        "The folio that {0} takes into use here belongs to nobody when line {1} fails: no file has it, and LUO never calls Retrieve again. Free it before failing, or in a 'catch'.");

    private static readonly DiagnosticDescriptor Changed = Rules.LeakOnFailure.CreateDescriptor(
        "'{0}' stays done when line {1} fails: LUO does not call {2} for a file whose {3} failed, so nobody takes it back. Do it last, or undo it before failing.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Later, InLoop, Inherited, Restored, Changed];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (Leak leak in LeakFlow.Find(code, CallbackKind.Preserve, operation => operation is IInvocationOperation call && call.Takes(), failsWhenTaking: true))
            Report(leak.IsInLoop ? InLoop : Later, leak);
        foreach (Leak leak in FindInMethods(code))
            Report(InLoop, leak);
        foreach (Leak leak in FileChange.FindAll(code, CallbackKind.Preserve, CallbackKind.Unpreserve))
            report(Diagnostic.Create(Changed, leak.Taking.Syntax.GetLocation(), [leak.Failure.Syntax.GetLocation()], leak.Taking.Syntax.ToString(), leak.FailureLine, "Unpreserve", "Preserve"));
        foreach (Leak leak in FileChange.FindAll(code, CallbackKind.Freeze, CallbackKind.Unfreeze))
            report(Diagnostic.Create(Changed, leak.Taking.Syntax.GetLocation(), [leak.Failure.Syntax.GetLocation()], leak.Taking.Syntax.ToString(), leak.FailureLine, "Unfreeze", "Freeze"));
        foreach (Leak leak in LeakFlow.Find(code, CallbackKind.Retrieve, operation => operation is IInvocationOperation { TargetMethod.Name: "Restore" } call && call.ConsumesInherited(), failsWhenTaking: false))
            Report(Restored, leak);
        // With the raw handle, Finish can still find what is behind it, if it looks there after a failure.
        if (code.Handler.StateType is null && !FinishOutcome.LooksOnlyWhenNotTried(code))
            return;
        foreach (Leak leak in LeakFlow.Find(code, CallbackKind.Retrieve, IsFound, failsWhenTaking: false))
            Report(Inherited, leak);

        void Report(DiagnosticDescriptor descriptor, Leak leak) => report(Diagnostic.Create(
            descriptor,
            leak.Taking.Syntax.GetLocation(),
            [leak.Failure.Syntax.GetLocation()],
            Name((IInvocationOperation)leak.Taking),
            leak.FailureLine));
    }

    private static bool IsFound(IOperation operation) => operation is IInvocationOperation call && (call.FindsInherited() || call.TriesInherited());

    // What Preserve calls, one method after the other, if nobody on the way could take anything back.
    private static IEnumerable<Leak> FindInMethods(HandlerCode code)
    {
        if (code.FindBody(CallbackKind.Preserve) is not { } body)
            return [];
        var reached = code.Reach(body);
        return reached.Any(operation => operation is ITryOperation or IUsingOperation or IUsingDeclarationOperation)
            ? []
            : code.Bodies.Where(each => each.Value != body && reached.Contains(each.Value))
                .SelectMany(each => LeakFlow.Find(code, each.Value, operation => operation is IInvocationOperation call && call.PreservesMemory(), failsWhenTaking: true))
                .Where(leak => leak.IsInLoop);
    }

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
