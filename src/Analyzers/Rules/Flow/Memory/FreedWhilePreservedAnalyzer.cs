using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds pages that are freed while they are still preserved: in Unpreserve, and where Preserve fails after having preserved them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FreedWhilePreservedAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InUnpreserve = Rules.NothingReleased.CreateDescriptor(
        "'{0}' is freed here, but it stays preserved: it is handed to every later kernel, although somebody else uses it by then. Call IKho.UnpreserveFree, which does both.");

    private static readonly DiagnosticDescriptor InCatch = Rules.LeakOnFailure.CreateDescriptor(
        "'{0}' is freed here also when line {1} fails, and is preserved by then: it stays so, although somebody else uses it. Call IKho.Unpreserve first, or preserve it in a 'using' PreservationScope.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InUnpreserve, InCatch];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var unpreserve = code.Reach(CallbackKind.Unpreserve);
        if (!unpreserve.Any(operation => MayUnpreserve(operation) || AbandonedMemoryAnalyzer.PassesKho(operation, code)))
        {
            foreach (IInvocationOperation freeing in unpreserve.OfType<IInvocationOperation>().Where(call => IsFreeing(call) && IsFound(call.Arguments[0].Value)))
                report(Diagnostic.Create(InUnpreserve, freeing.Syntax.GetLocation(), freeing.Arguments[0].Value.Syntax.ToString()));
        }
        if (code.FindBody(CallbackKind.Preserve) is not { } preserve)
            return;
        foreach (ITryOperation attempt in preserve.OwnDescendants().OfType<ITryOperation>())
        {
            foreach (ICatchClauseOperation handler in attempt.Catches)
            {
                if (FindFreeing(handler) is { } freeing && freeing.Arguments[0].Value.FindVariable() is ILocalSymbol page && FindFailureAfter(attempt, page) is { } failure)
                    report(Diagnostic.Create(
                        InCatch,
                        freeing.Syntax.GetLocation(),
                        [failure.Syntax.GetLocation()],
                        page.Name,
                        failure.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
            }
        }
    }

    private static bool MayUnpreserve(IOperation operation) => operation switch
    {
        IInvocationOperation call => (call.IsOfKho() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree") || call.GetsPreserved() || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke,
        IMethodReferenceOperation reference => KhoCalls.MayRelease(reference.Method),
        _ => false,
    };

    private static bool IsFreeing(IInvocationOperation call) => call is { TargetMethod: { Name: "Free", ContainingType: { Name: "PageAllocator" } type }, Arguments.Length: 1 } && type.IsOfRuntime();

    // The folio of a range that was found preserved, or the local that it was put into.
    private static bool IsFound(IOperation value)
    {
        IOperation? folio = ResolveLocal(value);
        return folio is IPropertyReferenceOperation { Property: { Name: "Folio", ContainingType: var type }, Instance: { } range }
            && type.IsOfRuntime()
            && ResolveLocal(range) is IInvocationOperation { TargetMethod.Name: "FindPreserved" } found
            && found.IsOfKho();
    }

    private static IOperation? ResolveLocal(IOperation value) => value.FindVariable() is ILocalSymbol local ? value.FindRoot().FindOnlyValue(local)?.Unwrap() : value.Unwrap();

    // One that frees in any case, and takes nothing back: neither itself nor by whom it calls.
    private static IInvocationOperation? FindFreeing(ICatchClauseOperation handler)
    {
        var calls = handler.Handler.Descendants().OfType<IInvocationOperation>().ToImmutableArray();
        return calls.Length == 1 && handler.Filter is null && IsFreeing(calls[0]) && calls[0].Parent is IExpressionStatementOperation { Parent: IBlockOperation block } && block == handler.Handler ? calls[0] : null;
    }

    // What can fail for certain, in the statements after the one that preserves the page.
    private static IOperation? FindFailureAfter(ITryOperation attempt, ILocalSymbol page)
    {
        if (attempt.Body.Operations.FirstOrDefault(statement => statement.OwnDescendants().Any(operation => Preserves(operation, page))) is not { } preserving
            || preserving is not (IExpressionStatementOperation or IVariableDeclarationGroupOperation)
            || attempt.Body.Descendants().Any(operation => operation is IInvocationOperation call && call.MayRelease()))
            return null;
        return attempt.Body.Operations.SkipWhile(statement => statement != preserving).Skip(1)
            .SelectMany(statement => statement.OwnDescendants())
            .FirstOrDefault(operation => (operation is IThrowOperation || (operation is IInvocationOperation call && (call.PreservesMemory() || call.PreservesInScope())))
                && !operation.Ancestors().TakeWhile(each => each != attempt).Any(each => each is ITryOperation));
    }

    private static bool Preserves(IOperation operation, ILocalSymbol page) => operation is IInvocationOperation { TargetMethod.Name: "Preserve" } call
        && call.PreservesMemory()
        && call.Arguments.Any(argument => argument.Value.Refers(page));
}
