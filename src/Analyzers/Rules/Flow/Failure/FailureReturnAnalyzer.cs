using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds branches that were taken because something failed, and return another error that is still <c>Errno.None</c>; and a Retrieve that returns
/// success without a file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FailureReturnAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.FailureReturnsSuccess.CreateDescriptor(
        "'{0}' is returned because '{1}' failed, but '{0}' can still be Errno.None here, and LUO then takes the failure for success. Return the error that was found.");

    private static readonly DiagnosticDescriptor Caught = Rules.FailureReturnsSuccess.CreateDescriptor(
        "Errno.None is returned after an exception was caught: LUO takes the failure of {0} for success, and the next kernel gets what was not finished. Return the Errno of the exception, or let it pass.");

    private static readonly DiagnosticDescriptor WithoutFile = Rules.FailureReturnsSuccess.CreateDescriptor(
        "Retrieve returns success, but '{0}' is null, or may be, so there is nothing to give to whoever asked for it: all they are told is EIO. Return the errno that says why there is no file.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor, Caught, WithoutFile];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (CallbackKind kind in new[] { CallbackKind.Preserve, CallbackKind.Freeze, CallbackKind.Retrieve })
        {
            if (code.FindBody(kind) is { } body && code.Handler.FindCallback(kind)!.Method.ReturnType.IsErrno())
                AnalyzeCatches(body, kind, reported, report);
        }
        if (code.FindParameter(CallbackKind.Retrieve, ParameterRole.File) is { } file && code.FindBody(CallbackKind.Retrieve) is { } retrieve)
        {
            foreach (IReturnOperation success in retrieve.OwnDescendants().OfType<IReturnOperation>())
            {
                if (success.ReturnedValue is { } value && value.Unwrap() is IFieldReferenceOperation { Field: { Name: "None", ContainingType: var errno } } && errno.IsErrno() && (IsNullBefore(success, file) || MayBeNullBefore(success, file)) && reported.Add(value.Syntax))
                    report(Diagnostic.Create(WithoutFile, value.Syntax.GetLocation(), file.Name));
            }
        }
        foreach (KeyValuePair<IMethodSymbol, IBlockOperation> each in code.Bodies)
        {
            if (!each.Key.ReturnType.IsErrno())
                continue;
            var suspects = each.Value.OwnDescendants().Select(operation => operation switch
            {
                IReturnOperation { ReturnedValue: { } value } => FindSuspect(operation, value),
                IBranchOperation { BranchKind: BranchKind.GoTo } jump when FindJoined(jump, each.Value) is { } value => FindSuspect(operation, value),
                _ => null,
            }).OfType<Suspect>().ToImmutableArray();
            // What an exception does to a variable can't be seen along the ordinary ways.
            if (suspects.IsEmpty || each.Value.Descendants().Any(operation => operation is ITryOperation) || code.FindFlow(each.Value) is not { } flow)
                continue;
            var facts = ErrnoFlow.Analyze(flow, code.CancellationToken);
            foreach (Suspect suspect in suspects)
            {
                if (facts.TryGetValue(suspect.Known, out var known) && known.TryGetValue(suspect.Returned.Local, out ErrnoValues values) && suspect.IsWrong(values) && reported.Add(suspect.Returned.Syntax))
                    report(Diagnostic.Create(Descriptor, suspect.Returned.Syntax.GetLocation(), suspect.Returned.Local.Name, suspect.Failed));
            }
        }
    }

    // What was caught is the failure; nobody else hears of it. A filter says which failures are none.
    private static void AnalyzeCatches(IBlockOperation body, CallbackKind kind, HashSet<SyntaxNode> reported, Action<Diagnostic> report)
    {
        foreach (ICatchClauseOperation clause in body.OwnDescendants().OfType<ICatchClauseOperation>())
        {
            if (clause.Filter is not null || clause.Handler.Descendants().Any(operation => operation is IConditionalOperation or ISwitchOperation or IThrowOperation or IBranchOperation))
                continue;
            IReturnOperation? own = clause.Handler.OwnDescendants().OfType<IReturnOperation>().FirstOrDefault();
            // Or it ends right behind it with success; where more is done, what failed may have been a line of a log.
            IReturnOperation? end = own ?? (clause.Parent?.Parent is IBlockOperation outer ? outer.Operations.SkipWhile(each => each != clause.Parent).Skip(1).FirstOrDefault() as IReturnOperation : null);
            if (end?.ReturnedValue is not { } value || !(value.IsConstant(0) || IsAlwaysNone(value, body)))
                continue;
            // Something else in place of what failed is no failure.
            if (own is null && kind != CallbackKind.Retrieve && clause.Handler.Operations.Length > 0)
                continue;
            if (clause.Handler.Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment => assignment.Target is IParameterReferenceOperation && assignment.Value.Unwrap().ConstantValue is not { HasValue: true, Value: null } && assignment.Value.Unwrap() is not IDefaultValueOperation))
                continue;
            reported.Add(value.Syntax);
            report(Diagnostic.Create(Caught, value.Syntax.GetLocation(), kind));
        }
    }

    private static bool IsAlwaysNone(IOperation value, IBlockOperation body) =>
        value.Unwrap() is ILocalReferenceOperation { Local: var local } && body.FindOnlyValue(local)?.IsConstant(0) == true;

    // The last statement before this one that does anything with the file sets it to null, on every way that leads here.
    private static bool IsNullBefore(IOperation statement, IParameterSymbol file)
    {
        while (statement.Parent is IBlockOperation or IConditionalOperation)
        {
            if (statement.Parent is IConditionalOperation conditional && conditional.Condition.Mentions(file))
                return false;
            if (statement.Parent is IBlockOperation block)
            {
                IOperation? last = block.Operations.Take(block.Operations.IndexOf(statement)).LastOrDefault(earlier => earlier is ILabeledOperation || earlier.Mentions(file));
                if (last is not null)
                    return last is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } && assignment.Target.Refers(file) && assignment.Value.Unwrap().ConstantValue is { HasValue: true, Value: null };
            }
            statement = statement.Parent;
        }
        return false;
    }

    // The file is null on one of the ways on which it was just set, and nothing was asked since.
    private static bool MayBeNullBefore(IOperation success, IParameterSymbol file) =>
        success.Parent is IBlockOperation block
        && block.Operations.Take(block.Operations.IndexOf(success)).Reverse().TakeWhile(IsPlain).FirstOrDefault(earlier => earlier.Mentions(file))
            is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
        && assignment.Target.Refers(file)
        && !assignment.Value.Mentions(file)
        && (AbsentValue.Find(assignment.Value) is not null || assignment.Value.Branches().Any(branch => branch.Unwrap().ConstantValue is { HasValue: true, Value: null }));

    private static bool IsPlain(IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: IAssignmentOperation or IIncrementOrDecrementOperation } or IVariableDeclarationGroupOperation;

    /// <summary>What is returned behind the label that a jump goes to, if that is the value that the variable has at the jump.</summary>
    private static IOperation? FindJoined(IBranchOperation jump, IBlockOperation body)
    {
        if (body.Operations.FirstOrDefault(operation => operation is ILabeledOperation label && SymbolEqualityComparer.Default.Equals(label.Label, jump.Target)) is not { } label)
            return null;
        var behind = body.Operations.Skip(body.Operations.IndexOf(label)).SelectMany(operation => operation.DescendantsAndSelf()).ToImmutableArray();
        var returns = behind.OfType<IReturnOperation>().ToImmutableArray();
        return returns.Length == 1
            && returns[0].ReturnedValue is { } value
            && value.Unwrap() is ILocalReferenceOperation { Local: var local }
            && behind.Count(operation => operation.Refers(local) && operation is ILocalReferenceOperation) == 1
            ? value
            : null;
    }

    // A return, or a jump to one.
    private static Suspect? FindSuspect(IOperation operation, IOperation value)
    {
        if (value.Unwrap() is not ILocalReferenceOperation returned)
            return null;
        IConditionalOperation? conditional = operation.Ancestors().OfType<IConditionalOperation>().FirstOrDefault();
        if (conditional is null)
            return null;
        bool isWhenTrue = operation.IsIn(conditional.WhenTrue);
        // What is set before the jump, on the same way, is not known where the way begins.
        if (operation is IBranchOperation && (isWhenTrue ? conditional.WhenTrue : conditional.WhenFalse)!.Mentions(returned.Local))
            return null;
        SyntaxNode known = operation is IReturnOperation ? returned.Syntax : ErrnoFlow.FindPlace(conditional.Condition);
        if (ErrnoTest.Find(conditional.Condition) is { } test && test.IsFailureWhenTrue == isWhenTrue)
        {
            return test.Value switch
            {
                ILocalReferenceOperation tested when !SymbolEqualityComparer.Default.Equals(tested.Local, returned.Local) => new(returned, known, tested.Local.Name, false),
                IInvocationOperation call => new(returned, known, call.TargetMethod.Name, false),
                _ => null,
            };
        }
        IOperation condition = conditional.Condition.Unwrap();
        bool isNegated = condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        if (isNegated)
            condition = ((IUnaryOperation)condition).Operand.Unwrap();
        return condition is IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } attempt
            && attempt.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal)
            && isNegated == isWhenTrue
            ? new(returned, known, attempt.TargetMethod.Name, true)
            : null;
    }

    /// <summary>A return where something failed. That an attempt fails may be no error, unless the variable was one before.</summary>
    private sealed record Suspect(ILocalReferenceOperation Returned, SyntaxNode Known, string Failed, bool IsAttempt)
    {
        public bool IsWrong(ErrnoValues values) => IsAttempt ? values == (ErrnoValues.None | ErrnoValues.Error) : values.HasFlag(ErrnoValues.None);
    }
}
