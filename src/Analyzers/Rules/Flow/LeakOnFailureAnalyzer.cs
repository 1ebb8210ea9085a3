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
        "What {0} finds here is lost for good when line {1} fails: LUO never calls Retrieve again, and Finish gets no state after a failure. Check first, or free it in a 'finally'.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Later, InLoop, Inherited];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (Leak leak in LeakFlow.Find(code, CallbackKind.Preserve, call => call.Takes(), failsWhenTaking: true))
            Report(leak.IsInLoop ? InLoop : Later, leak);
        // With the raw handle, Finish can still find what is behind it.
        if (code.Handler.StateType is null)
            return;
        foreach (Leak leak in LeakFlow.Find(code, CallbackKind.Retrieve, call => call.FindsInherited(), failsWhenTaking: false))
            Report(Inherited, leak);

        void Report(DiagnosticDescriptor descriptor, Leak leak) => report(Diagnostic.Create(
            descriptor,
            leak.Taking.Syntax.GetLocation(),
            [leak.Failure.Syntax.GetLocation()],
            Name(leak.Taking),
            leak.FailureLine));
    }

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
