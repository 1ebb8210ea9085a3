using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Questions to operations.</summary>
internal static class OperationExtensions
{
    /// <summary>What is converted or in parentheses, without that.</summary>
    public static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The nearest operation around that is neither a conversion nor parentheses.</summary>
    public static IOperation? ParentUnwrapped(this IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent;
    }

    /// <summary>The operations around, from the inside out.</summary>
    public static IEnumerable<IOperation> Ancestors(this IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
            yield return parent;
    }

    /// <summary>Whether the operation is this one or in it.</summary>
    public static bool IsIn(this IOperation operation, IOperation? outer) =>
        operation == outer || operation.Ancestors().Any(each => each == outer);

    /// <summary>Whether the statements in which this is done end with an exception: whoever gets there fails.</summary>
    public static bool IsBeforeThrow(this IOperation operation) => operation.Ancestors().OfType<IBlockOperation>().FirstOrDefault()?.Operations.LastOrDefault()
        is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    /// <summary>The operations that run when the body does: not those of functions in it, which run when they are called.</summary>
    public static IEnumerable<IOperation> OwnDescendants(this IOperation body)
    {
        var waiting = new Stack<IOperation>();
        waiting.Push(body);
        while (waiting.Count > 0)
        {
            IOperation operation = waiting.Pop();
            yield return operation;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (IOperation child in operation.ChildOperations.Reverse())
                waiting.Push(child);
        }
    }

    /// <summary>The parameter that is read or written through this expression itself, without members of it.</summary>
    public static bool Refers(this IOperation? operation, ISymbol? symbol) => operation?.Unwrap() switch
    {
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol),
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, symbol),
        _ => false,
    };

    /// <summary>Whether the parameter or local occurs in it.</summary>
    public static bool Mentions(this IOperation operation, ISymbol? symbol) =>
        symbol is not null && operation.DescendantsAndSelf().Any(each => each is IParameterReferenceOperation or ILocalReferenceOperation && each.Refers(symbol));

    /// <summary>What the body may return: the branches of conditional expressions one by one, a thrown exception not among them.</summary>
    public static IEnumerable<IOperation> ReturnedValues(this IOperation body) => body.OwnDescendants()
        .OfType<IReturnOperation>()
        .Select(each => each.ReturnedValue)
        .OfType<IOperation>()
        .SelectMany(Branches);

    /// <summary>What a value may be: the branches of conditional expressions one by one, a thrown exception not among them.</summary>
    public static IEnumerable<IOperation> Branches(this IOperation value) => value switch
    {
        IThrowOperation => [],
        IParenthesizedOperation parenthesized => Branches(parenthesized.Operand),
        IConditionalOperation { WhenFalse: { } whenFalse } conditional => Branches(conditional.WhenTrue).Concat(Branches(whenFalse)),
        ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => Branches(arm.Value)),
        // The throw of an expression body stands in a conversion to what the method returns.
        IConversionOperation { ConstantValue.HasValue: false, Operand: var operand } when operand is IThrowOperation or IConditionalOperation or ISwitchExpressionOperation =>
            Branches(operand),
        _ => [value],
    };

    /// <summary>Whether the value is a constant equal to this number.</summary>
    public static bool IsConstant(this IOperation value, long number) => value.FindConstant() == number;

    /// <summary>The whole number that the value always has.</summary>
    public static long? FindConstant(this IOperation value) => value.ConstantValue is { HasValue: true, Value: { } constant }
        ? constant switch
        {
            int number => number,
            long number => number,
            uint number => number,
            short number => number,
            ushort number => number,
            sbyte number => number,
            byte number => number,
            _ => null,
        }
        : null;

    /// <summary>Whether the type is one of this runtime.</summary>
    public static bool IsOfRuntime(this ITypeSymbol? type) => type?.ContainingAssembly?.Name == "LuoHandlers";

    /// <summary>Whether the value is an <c>Errno</c>.</summary>
    public static bool IsErrno(this ITypeSymbol? type) => type.HasMetadataName(WellKnownTypeNames.Errno);
}
