using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>A comparison of an <c>Errno</c> with <c>Errno.None</c>.</summary>
internal readonly struct ErrnoTest(IOperation value, bool isFailureWhenTrue)
{
    /// <summary>What is tested.</summary>
    public IOperation Value { get; } = value;

    /// <summary>Whether it is an error where the condition holds, else where it doesn't.</summary>
    public bool IsFailureWhenTrue { get; } = isFailureWhenTrue;

    /// <summary>The comparison that the condition is; null if it is another one.</summary>
    public static ErrnoTest? Find(IOperation? condition) => condition?.Unwrap() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.Equals } comparison
            when IsNone(comparison.RightOperand) => new(comparison.LeftOperand.Unwrap(), comparison.OperatorKind == BinaryOperatorKind.NotEquals),
        IIsPatternOperation { Pattern: IConstantPatternOperation pattern } test when IsNone(pattern.Value) => new(test.Value.Unwrap(), false),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation pattern } } test when IsNone(pattern.Value) =>
            new(test.Value.Unwrap(), true),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } when Find(operand) is { } inner => new(inner.Value, !inner.IsFailureWhenTrue),
        _ => null,
    };

    private static bool IsNone(IOperation value) => value.Type.IsErrno() && value.IsConstant(0);
}
