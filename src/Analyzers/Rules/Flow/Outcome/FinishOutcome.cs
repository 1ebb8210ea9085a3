using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Which outcomes of Retrieve a Finish does something for.</summary>
internal static class FinishOutcome
{
    /// <summary>Whether Finish takes memory back of files that nobody tried to retrieve, and certainly of no others.</summary>
    public static bool LooksOnlyWhenNotTried(HandlerCode code)
    {
        if (code.IsFlb || code.FindBody(CallbackKind.Finish) is not { } body || code.FindParameter(CallbackKind.Finish, ParameterRole.RetrieveStatus) is not { } status)
            return false;
        if (body.Operations.OfType<IConditionalOperation>().FirstOrDefault(each => each.Condition.Mentions(status)) is not { WhenFalse: null } conditional
            || body.Descendants().Any(operation => operation.Refers(status) && !operation.IsIn(conditional.Condition)))
            return false;
        var test = new OutcomeTest(status);
        IOperation condition = conditional.Condition;
        // "if (!status.IsNotTried) return;" comes first; or all that Finish does stands in the branch.
        return conditional.WhenTrue.DescendantsAndSelf().Any(each => each is IReturnOperation)
            ? body.Operations[0] == conditional && test.OfNotTried(condition) == false && test.OfRetrieved(condition) == true && test.OfFailed(condition) == true
            : test.OfNotTried(condition) != false && test.OfRetrieved(condition) == false && test.OfFailed(condition) == false
                && !body.Operations.Any(each => each != conditional && each.Descendants().Any(operation => operation is IInvocationOperation));
    }
}
