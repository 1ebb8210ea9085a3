using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>What a condition of Finish says for each outcome of Retrieve, as far as that alone decides it.</summary>
internal sealed class OutcomeTest(ISymbol status)
{
    // A failure is a negative errno: what holds for the first and the last of them holds for all.
    private static readonly int[] Failures = [-1, -4095];

    /// <summary>Whether the condition holds for a file that nobody tried to retrieve; null if something else decides.</summary>
    public bool? OfNotTried(IOperation condition) => Evaluate(condition, 0);

    /// <summary>The same for a file that was retrieved.</summary>
    public bool? OfRetrieved(IOperation condition) => Evaluate(condition, 1);

    /// <summary>The same for a file whose retrieval failed.</summary>
    public bool? OfFailed(IOperation condition) => Evaluate(condition, Failures[0]) is { } first && Evaluate(condition, Failures[1]) == first ? first : null;

    private bool? Evaluate(IOperation condition, int outcome) => condition.Unwrap() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => !Evaluate(operand, outcome),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both => And(Evaluate(both.LeftOperand, outcome), Evaluate(both.RightOperand, outcome)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either => !And(!Evaluate(either.LeftOperand, outcome), !Evaluate(either.RightOperand, outcome)),
        IBinaryOperation comparison when IsValue(comparison.LeftOperand) && comparison.RightOperand.FindConstant() is { } number => Compare(comparison.OperatorKind, outcome, number),
        IPropertyReferenceOperation { Instance: { } instance } asked when instance.Refers(status) => asked.Property.Name switch
        {
            "IsNotTried" => outcome == 0,
            "IsRetrieved" => outcome > 0,
            "IsFailed" => outcome < 0,
            _ => null,
        },
        _ => null,
    };

    private bool IsValue(IOperation operand) => operand.Unwrap() is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } instance } && instance.Refers(status);

    // Both decide only together; one that does not hold decides alone.
    private static bool? And(bool? left, bool? right) => left == false || right == false ? false : left == true && right == true ? true : null;

    private static bool? Compare(BinaryOperatorKind kind, long left, long right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };
}
