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

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Finish) is not { } body || !IsUsedUpByRetrieve(code))
            return;
        var reached = code.Reach(CallbackKind.Finish).ToImmutableArray();
        if (reached.Any(operation => operation is ITryOperation or IInvocationOperation { TargetMethod.Name: "TryFindInherited" })
            || LooksAtOutcome(code, body)
            || reached.Any(operation => FindDecision(operation)?.DescendantsAndSelf().Any(IsOfOtherMethod) == true))
            return;
        IInvocationOperation? use = reached.OfType<IInvocationOperation>().FirstOrDefault(call => call.FindsInherited());
        if (use is null)
            return;
        // Where a method of the handler does it, Finish is what has to know.
        Location location = use.IsIn(body) ? use.Syntax.GetLocation() : code.Handler.FindCallback(CallbackKind.Finish)!.Method.Locations[0];
        report(Diagnostic.Create(Descriptor, location, code.Handler.Type.Name, $"{use.TargetMethod.ContainingType.Name}.{use.TargetMethod.Name}"));
    }

    // A state is all zero in Finish once Retrieve has run; the raw handle stays, and what is behind it is used up only if Retrieve does that.
    private static bool IsUsedUpByRetrieve(HandlerCode code) =>
        code.Handler.StateType is not null
        || code.Reach(CallbackKind.Retrieve).OfType<IInvocationOperation>().Any(call => call.ConsumesInherited());

    private static bool LooksAtOutcome(HandlerCode code, IBlockOperation body)
    {
        if (code.FindParameter(CallbackKind.Finish, ParameterRole.RetrieveStatus) is { } status && body.Mentions(status))
            return true;
        ISymbol? data = code.FindParameter(CallbackKind.Finish, ParameterRole.State) ?? code.FindParameter(CallbackKind.Finish, ParameterRole.SerializedData);
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
