using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// A lock of the handler's own around its book-keeping: whoever holds it does nothing that could take long, so that nobody waits for it in Freeze.
/// </summary>
internal static class BriefLock
{
    /// <summary>Whether the operation is such a lock, as all of the handler show that take it.</summary>
    public static bool IsFor(IOperation operation, HandlerCode code)
    {
        if (operation is not ILockOperation held || FindField(held) is not { DeclaredAccessibility: Accessibility.Private } field)
            return false;
        var uses = code.Operations.OfType<IFieldReferenceOperation>()
            .Where(use => SymbolEqualityComparer.Default.Equals(use.Field, field))
            .Select(use => use.ParentUnwrapped() as ILockOperation)
            .ToList();
        // One that only Freeze takes must be somebody else's, too: why else would it be there?
        return uses.Count > 1 && uses.All(use => use is not null && IsBrief(use.Body));
    }

    private static IFieldSymbol? FindField(ILockOperation held) => held.LockedValue.Unwrap() is IFieldReferenceOperation { Field: var field } ? field : null;

    private static bool IsBrief(IOperation body) => body.Descendants().All(operation => operation switch
    {
        IInvocationOperation call => IsBookKeeping(call.TargetMethod.ContainingType),
        ILockOperation or IAwaitOperation or ILoopOperation or IDynamicInvocationOperation or IFunctionPointerInvocationOperation => false,
        IObjectCreationOperation creation => IsBookKeeping(creation.Type) || creation.Type?.IsValueType == true,
        _ => true,
    });

    private static bool IsBookKeeping(ITypeSymbol? type) =>
        type?.ContainingNamespace?.ToString() is "System" or "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Linq";
}
