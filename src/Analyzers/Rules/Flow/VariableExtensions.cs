using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Questions about the variables of a method.</summary>
internal static class VariableExtensions
{
    /// <summary>All of the method, accessor or initializer that the operation is in.</summary>
    public static IOperation FindRoot(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The local or the parameter that the value is.</summary>
    public static ISymbol? FindVariable(this IOperation? value) => value?.Unwrap() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>The declaration that gives a local this value.</summary>
    public static IVariableDeclaratorOperation? FindDeclarator(this IOperation value) =>
        (value.ParentUnwrapped() as IVariableInitializerOperation)?.Parent as IVariableDeclaratorOperation;

    /// <summary>Where a local is read or written in a body.</summary>
    public static IEnumerable<ILocalReferenceOperation> FindReferences(this IOperation body, ISymbol local) =>
        body.Descendants().OfType<ILocalReferenceOperation>().Where(reference => reference.Refers(local));

    /// <summary>What a local of a body is declared with; null if it gets its first value later, or in another way.</summary>
    public static IOperation? FindInitialValue(this IOperation body, ISymbol local) => body.Descendants()
        .OfType<IVariableDeclaratorOperation>()
        .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
        ?.Initializer?.Value;

    /// <summary>Whether a body gives a local another value than the one it is declared with.</summary>
    public static bool Changes(this IOperation body, ISymbol local) => body.Descendants().Any(operation => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.Refers(local),
        IIncrementOrDecrementOperation increment => increment.Target.Refers(local),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value.Refers(local),
        _ => false,
    });

    /// <summary>What a local of a body always is: what it is declared with, if it never gets another value.</summary>
    public static IOperation? FindOnlyValue(this IOperation body, ISymbol local) => body.Changes(local) ? null : body.FindInitialValue(local);
}
