using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>What of an object is read for a value, and can change while the object is there.</summary>
internal static class ChangeableMember
{
    /// <summary>The reference to the first such member; null if there is none, or if somebody else computes the value.</summary>
    /// <param name="value">What is written.</param>
    /// <param name="isOwner">Whether an expression is the object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static IMemberReferenceOperation? Find(IOperation value, Func<IOperation, bool> isOwner, CancellationToken cancellationToken)
    {
        var members = new List<IMemberReferenceOperation>();
        return Collect(value, isOwner, members) ? members.Find(member => CanChange(member.Member, cancellationToken)) : null;
    }

    // Operators change nothing of what is read; what a method makes of it is not known.
    private static bool Collect(IOperation value, Func<IOperation, bool> isOwner, List<IMemberReferenceOperation> members)
    {
        switch (value)
        {
            case { ConstantValue.HasValue: true }:
                return true;
            case IConversionOperation { OperatorMethod: null } conversion:
                return Collect(conversion.Operand, isOwner, members);
            case IParenthesizedOperation parenthesized:
                return Collect(parenthesized.Operand, isOwner, members);
            case IUnaryOperation { OperatorMethod: null } unary:
                return Collect(unary.Operand, isOwner, members);
            case IBinaryOperation { OperatorMethod: null } binary:
                return Collect(binary.LeftOperand, isOwner, members) && Collect(binary.RightOperand, isOwner, members);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Collect(choice.Condition, isOwner, members) && Collect(choice.WhenTrue, isOwner, members) && Collect(whenFalse, isOwner, members);
            case IMemberReferenceOperation { Member: IPropertySymbol { IsIndexer: false } or IFieldSymbol, Instance: { } instance } member when isOwner(instance):
                members.Add(member);
                return true;
            default:
                return false;
        }
    }

    // If everybody can write it: what only its own assembly sets may be as it is from the start.
    private static bool CanChange(ISymbol member, CancellationToken cancellationToken) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } => setter is { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public },
        IPropertySymbol property => BackingField.IsWrittenLater(property, cancellationToken),
        IFieldSymbol field => field is { IsReadOnly: false, IsConst: false, DeclaredAccessibility: Accessibility.Public },
        _ => false,
    };
}
