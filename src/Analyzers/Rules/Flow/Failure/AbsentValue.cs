using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Values that are null when what they stand for is not there.</summary>
internal static class AbsentValue
{
    /// <summary>The look-up that the value comes from, if nobody asked whether it finds something.</summary>
    public static IInvocationOperation? Find(IOperation value)
    {
        IOperation source = value.Unwrap();
        if (source is ILocalReferenceOperation { Local: var local })
        {
            IOperation body = source.FindRoot();
            // A local that is used once more may be tested there.
            if (body.FindReferences(local).Count() != 1 || body.FindOnlyValue(local)?.Unwrap() is not { } only)
                return null;
            source = only;
        }
        return source is IInvocationOperation call && MayFindNothing(call) && !IsAskedBefore(call) ? call : null;
    }

    // What is looked for in memory that others fill: a default of one's own is something.
    private static bool MayFindNothing(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "GetValueOrDefault" or "FirstOrDefault" or "SingleOrDefault" or "LastOrDefault" or "ElementAtOrDefault" =>
            IsOfCollections(call.TargetMethod.ContainingType) && call.Arguments.All(argument => argument.Parameter?.Name != "defaultValue"),
        "Find" or "FindLast" => call.TargetMethod.ContainingType is { Name: "List" or "Array" } type && (IsOfCollections(type) || type.SpecialType == SpecialType.System_Array),
        _ => false,
    };

    private static bool IsOfCollections(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToString() is "System.Linq" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Frozen";

    // Whoever looks at the same collection in another way may know that it is there.
    private static bool IsAskedBefore(IInvocationOperation call)
    {
        IOperation? collection = (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.Unwrap();
        return collection is not (IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation)
            || call.FindRoot().Descendants().Any(operation => operation != collection
                && operation.GetType() == collection.GetType()
                && operation.Syntax.SpanStart < call.Syntax.SpanStart
                && operation.Syntax.ToString() == collection.Syntax.ToString());
    }
}
