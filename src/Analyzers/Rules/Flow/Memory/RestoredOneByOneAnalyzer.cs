using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a Retrieve that finds and restores one folio after the other, so that those before it are lost when the next is not there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RestoredOneByOneAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InLoop = Rules.LeakOnFailure.CreateDescriptor(
        "When a later turn of the loop does not find its folio (EINVAL), those that were restored before belong to nobody: no file has them, and LUO never calls Retrieve again. Free them in a 'catch'.");

    private static readonly DiagnosticDescriptor OneByOne = Rules.LeakOnFailure.CreateDescriptor(
        "When '{0}' is not found here (EINVAL), the folio that line {1} restored belongs to nobody: no file has it, and LUO never calls Retrieve again. Find all before restoring any, or free it in a 'catch'.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InLoop, OneByOne];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reached = code.Reach(CallbackKind.Retrieve);
        var restoring = reached.OfType<IInvocationOperation>().Where(call => call.RestoresFound()).ToImmutableArray();
        // Where it is looked for first, all of it is there; who catches, or is disposed in the end, may free them.
        if (restoring.IsEmpty || reached.Any(operation => operation is ITryOperation or IUsingOperation or IUsingDeclarationOperation
            || (operation is IInvocationOperation call && (call.TriesInherited() || (call.FindsInherited() && !IsRestoredAtOnce(call) && !call.IsOfArray())))))
            return;
        foreach (IGrouping<IOperation, IInvocationOperation> method in restoring.GroupBy(call => call.FindRoot()))
        {
            var calls = method.Where(IsAlways).OrderBy(call => call.Syntax.SpanStart).ToImmutableArray();
            if (calls.FirstOrDefault(IsInLoop) is { } repeated)
                report(Diagnostic.Create(InLoop, repeated.Syntax.GetLocation()));
            else if (calls.FirstOrDefault(call => Address(call) != Address(calls[0])) is { } second)
                report(Diagnostic.Create(OneByOne, second.Syntax.GetLocation(), Address(second), calls[0].Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
        }
    }

    private static bool IsRestoredAtOnce(IInvocationOperation finding) => finding.ParentUnwrapped() is IArgumentOperation { Parent: IInvocationOperation call } && call.ConsumesInherited();

    private static string? Address(IInvocationOperation restoring) => restoring.FindSource()?.FindAddress()?.Syntax.ToString();

    private static bool IsAlways(IInvocationOperation call) =>
        !call.Ancestors().Any(each => each is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation or IAnonymousFunctionOperation or ILocalFunctionOperation);

    private static bool IsInLoop(IInvocationOperation call) => call.Ancestors().Any(each => each is ILoopOperation loop && call.IsIn(loop.Body));
}
