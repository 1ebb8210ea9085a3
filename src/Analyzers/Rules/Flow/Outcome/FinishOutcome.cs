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
        var mentions = body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(status)).ToArray();
        if (mentions.Length != 1 || mentions[0].Parent is not IPropertyReferenceOperation { Property.Name: "IsNotTried" } asked)
            return false;
        IOperation condition = asked;
        bool isNegated = false;
        while (condition.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } or IParenthesizedOperation)
        {
            isNegated ^= condition.Parent is IUnaryOperation;
            condition = condition.Parent!;
        }
        if (condition.Parent is not IConditionalOperation { WhenFalse: null } conditional)
            return false;
        // "if (!status.IsNotTried) return;" comes first; or all that Finish does stands in the branch.
        return isNegated
            ? body.Operations[0] == conditional && conditional.WhenTrue.DescendantsAndSelf().Any(each => each is IReturnOperation)
            : !body.Operations.Any(each => each != conditional && each.Descendants().Any(operation => operation is IInvocationOperation));
    }
}
