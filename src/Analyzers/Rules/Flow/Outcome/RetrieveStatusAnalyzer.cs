using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a Finish that takes inherited memory back without asking whether it is still there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetrieveStatusAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.RetrieveStatusIgnored.CreateDescriptor(
        "Finish of '{0}' uses inherited memory with {1} whatever became of Retrieve, but after a retrieve, even a failed one, that is used up and this fails (EINVAL). Do it only when 'RetrieveStatus.IsNotTried'.");

    private static readonly DiagnosticDescriptor AfterFailure = Rules.RetrieveStatusIgnored.CreateDescriptor(
        "Finish of '{0}' uses inherited memory with {1} also after a retrieve that failed, when the state is used up and this fails (EINVAL). Do it only when 'RetrieveStatus.IsNotTried'.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor, AfterFailure];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Finish) is not { } body || !IsUsedUpByRetrieve(code))
            return;
        var reached = code.Reach(CallbackKind.Finish);
        if (reached.Any(operation => operation is ITryOperation))
            return;
        // Where it is looked for first, it may be missing.
        IInvocationOperation? use = reached.OfType<IInvocationOperation>().FirstOrDefault(call =>
            call.FindsInherited() && !call.FindRoot().Descendants().Any(operation => operation is IInvocationOperation other && other.TriesInherited()));
        if (use is null)
            return;
        if (LooksAtOutcome(code, body))
        {
            if (code.Handler.StateType is not null || FailureUsesUp(code))
                CheckFailure(code, body, use, report);
            return;
        }
        if (reached.Any(operation => FindDecision(operation)?.DescendantsAndSelf().Any(IsOfOtherMethod) == true))
            return;
        // Where a method of the handler does it, Finish is what has to know.
        Location location = use.IsIn(body) ? use.Syntax.GetLocation() : code.Handler.FindCallback(CallbackKind.Finish)!.Method.Locations[0];
        report(Diagnostic.Create(Descriptor, location, code.Handler.Type.Name, $"{use.TargetMethod.ContainingType.Name}.{use.TargetMethod.Name}"));
    }

    // Who asks only whether the file is there, or counts a failure as if nobody had tried.
    private static void CheckFailure(HandlerCode code, IBlockOperation body, IInvocationOperation use, Action<Diagnostic> report)
    {
        if (code.FindParameter(CallbackKind.Finish, ParameterRole.RetrieveStatus) is not { } status)
            return;
        var mentions = body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(status)).ToImmutableArray();
        var asked = mentions.Select(each => (each.Parent as IPropertyReferenceOperation)?.Property.Name).ToImmutableArray();
        bool asksOnlyForFile = asked.All(name => name == "IsRetrieved");
        IBinaryOperation? either = mentions
            .Select(each => each.Parent?.ParentUnwrapped() as IBinaryOperation)
            .FirstOrDefault(each => each is { OperatorKind: BinaryOperatorKind.ConditionalOr, Parent: IConditionalOperation { WhenFalse: null } conditional }
                && !conditional.WhenTrue.DescendantsAndSelf().Any(operation => operation is IReturnOperation)
                && new[] { each.LeftOperand, each.RightOperand }.Select(operand => (operand.Unwrap() as IPropertyReferenceOperation)?.Property.Name).OrderBy(name => name, StringComparer.Ordinal)
                    .SequenceEqual(["IsFailed", "IsNotTried"]));
        // The data may tell, too.
        if (!(asksOnlyForFile || either is not null || ComparesFailureAway(body, status)) || AsksData(code, body))
            return;
        Location location = use.IsIn(body) ? use.Syntax.GetLocation() : code.Handler.FindCallback(CallbackKind.Finish)!.Method.Locations[0];
        report(Diagnostic.Create(AfterFailure, location, code.Handler.Type.Name, $"{use.TargetMethod.ContainingType.Name}.{use.TargetMethod.Name}"));
    }

    // The number of a failure is below 0: "Value <= 0" and "Value != 1" mean that as well.
    private static bool ComparesFailureAway(IBlockOperation body, IParameterSymbol status)
    {
        if (body.Operations.OfType<IConditionalOperation>().FirstOrDefault(each => each.Condition.Mentions(status)) is not { WhenFalse: null } conditional
            || body.Descendants().Any(operation => operation.Refers(status) && !operation.IsIn(conditional.Condition)))
            return false;
        var test = new OutcomeTest(status);
        bool leaves = conditional.WhenTrue.DescendantsAndSelf().Any(operation => operation is IReturnOperation);
        return test.OfNotTried(conditional.Condition) == !leaves && test.OfFailed(conditional.Condition) == !leaves && test.OfRetrieved(conditional.Condition) == leaves;
    }

    private static ISymbol? FindData(HandlerCode code) =>
        code.FindParameter(CallbackKind.Finish, ParameterRole.State) ?? code.FindParameter(CallbackKind.Finish, ParameterRole.SerializedData);

    // A raw handle is there after a failure; what is behind it is gone if Retrieve gives it up in any case.
    private static bool FailureUsesUp(HandlerCode code) => code.Reach(CallbackKind.Retrieve)
        .Any(operation => operation is ITryOperation { Finally: { } last } && last.Descendants().Any(each => each is IInvocationOperation call && call.ConsumesInherited()));

    // A state is all zero in Finish once Retrieve has run; the raw handle stays, and what is behind it is used up only if Retrieve does that.
    private static bool IsUsedUpByRetrieve(HandlerCode code) =>
        code.Handler.StateType is not null
        || code.Reach(CallbackKind.Retrieve).OfType<IInvocationOperation>().Any(call => call.ConsumesInherited());

    private static bool LooksAtOutcome(HandlerCode code, IBlockOperation body) =>
        (code.FindParameter(CallbackKind.Finish, ParameterRole.RetrieveStatus) is { } status && body.Mentions(status)) || AsksData(code, body);

    // A loop that the data bounds does nothing for one that is all zero.
    private static bool AsksData(HandlerCode code, IBlockOperation body)
    {
        ISymbol? data = FindData(code);
        var copies = body.Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => declarator.GetVariableInitializer()?.Value.Mentions(data) == true)
            .Select(declarator => declarator.Symbol)
            .ToImmutableArray();
        return body.Descendants().Any(operation => operation is ILoopOperation loop
            ? loop.ChildOperations.Any(child => child != loop.Body && IsMentioned(child))
            : FindDecision(operation) is { } decision && IsMentioned(decision));

        bool IsMentioned(IOperation operation) => operation.Mentions(data) || copies.Any(copy => operation.Mentions(copy));
    }

    // What Finish calls may look at what it is given.
    private static bool IsOfOtherMethod(IOperation operation) => operation is IParameterReferenceOperation { Parameter.ContainingSymbol: var method } && method.Name != "Finish";

    private static IOperation? FindDecision(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        ISwitchOperation choice => choice.Value,
        ISwitchExpressionOperation choice => choice.Value,
        _ => null,
    };
}
