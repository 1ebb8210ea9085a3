using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds out what a method of a handler does with its state, whichever variable it is in. Where a state goes out of sight, all of it counts
/// as read or written, so that nothing is reported that is not certain.
/// </summary>
internal sealed class StateUseCollector(INamedTypeSymbol state, INamedTypeSymbol handler)
{
    private readonly StateUse _use = new();

    public StateUse Collect(IEnumerable<IOperation> blocks)
    {
        foreach (IOperation operation in blocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            if (operation is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member && IsState(member.Member.ContainingType))
                AddMember(member);
            if (IsState(operation.Type) && operation is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver })
                AddWhole(operation);
            _use.WritesAll |= IsVariableFromOutside(operation);
            _use.ReadsAll |= operation is IRecursivePatternOperation { DeconstructSymbol: not null } taken && IsState(taken.MatchedType);
            AddCalls(operation);
            if (operation is IReturnOperation { ReturnedValue: { } returned } && !IsFailure(WithoutConversions(returned)))
                _use.ReturnsValue = true;
        }
        return _use;
    }

    /// <summary>By what the uses of a field are told apart: the property that it belongs to, or the field itself.</summary>
    public static ISymbol FindKey(IFieldSymbol field) => field.AssociatedSymbol ?? field;

    private bool IsState(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, state);

    private bool IsOfHandler(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, handler);

    private void AddMember(IMemberReferenceOperation reference)
    {
        _use.MentionsState = true;
        if (reference.Parent is INameOfOperation)
            return;
        (bool isRead, bool isWritten) = Classify(FindOutermost(reference));
        if (reference.Member is IPropertySymbol property && !StateLeaf.FindFields(state).Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)))
        {
            // Its accessors may do anything with the fields.
            _use.ReadsAll |= isRead;
            _use.WritesAll |= isWritten;
            return;
        }
        ISymbol key = reference.Member is IFieldSymbol field ? FindKey(field) : reference.Member;
        if (isRead)
            _use.Read.Add(key);
        if (isWritten)
            _use.Written.Add(key);
        if (isWritten && !(reference.Parent is ISimpleAssignmentOperation assignment && IsZero(assignment.Value)))
            _use.WrittenNotZero.Add(key);
        if (isRead && IsComparedWithZero(reference))
            _use.ComparedWithZero.Add(key);
    }

    /// <summary>From a field to what of it is used: <c>state.Range</c> to <c>state.Range.First</c>, an array to its element.</summary>
    private static IOperation FindOutermost(IOperation operation)
    {
        while (true)
        {
            switch (operation.Parent)
            {
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when member.Instance == operation:
                case IInlineArrayAccessOperation array when array.Instance == operation:
                    operation = operation.Parent;
                    break;
                default:
                    return operation;
            }
        }
    }

    private static (bool IsRead, bool IsWritten) Classify(IOperation operation) => operation.Parent switch
    {
        ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == operation => (false, true),
        IAssignmentOperation assignment when assignment.Target == operation => (true, true),
        IIncrementOrDecrementOperation or IAddressOfOperation or IMemberInitializerOperation => (true, true),
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple when deconstruction.Target == tuple => (false, true),
        IArgumentOperation { Parameter.RefKind: RefKind.Out } => (false, true),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref } => (true, true),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } } => (true, true),
        // A method of the field's type may change it.
        IInvocationOperation { TargetMethod.IsReadOnly: false } invocation when invocation.Instance == operation => (true, true),
        IConversionOperation { Type.Name: "Span" } => (true, true),
        // What the compiler has no word for: an element of a fixed buffer, for example.
        { Kind: OperationKind.None } => (true, true),
        _ => (true, false),
    };

    private static bool IsComparedWithZero(IOperation operation)
    {
        // Several at once: all of them are zero if what they are put together to is.
        while (operation.Parent is IConversionOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Or })
            operation = operation.Parent;
        return operation.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
                IsZero(comparison.LeftOperand == operation ? comparison.RightOperand : comparison.LeftOperand),
            IIsPatternOperation test => IsZero(test.Pattern),
            IPropertySubpatternOperation test => IsZero(test.Pattern),
            ITupleOperation tuple => FindOthers(tuple).Any(other => other.Length == tuple.Elements.Length && IsZero(other[tuple.Elements.IndexOf(operation)])),
            _ => false,
        };
    }

    /// <summary>What the elements of a tuple are compared with, one by one.</summary>
    private static IEnumerable<ImmutableArray<IOperation>> FindOthers(ITupleOperation tuple)
    {
        IOperation whole = tuple;
        while (whole.Parent is IConversionOperation conversion)
            whole = conversion;
        return whole.Parent switch
        {
            IIsPatternOperation test => [FindParts(test.Pattern)],
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => FindParts(arm.Pattern)),
            ITupleBinaryOperation comparison => [FindParts(comparison.LeftOperand == whole ? comparison.RightOperand : comparison.LeftOperand)],
            _ => [],
        };
    }

    private static ImmutableArray<IOperation> FindParts(IOperation other) => other switch
    {
        INegatedPatternOperation negated => FindParts(negated.Pattern),
        IRecursivePatternOperation pattern => pattern.DeconstructionSubpatterns.CastArray<IOperation>(),
        IConversionOperation conversion => FindParts(conversion.Operand),
        ITupleOperation tuple => tuple.Elements,
        _ => [],
    };

    private static bool IsZero(IOperation operation) => operation switch
    {
        IConstantPatternOperation pattern => IsZero(pattern.Value),
        INegatedPatternOperation negated => IsZero(negated.Pattern),
        { ConstantValue: { HasValue: true, Value: { } value } } => value switch
        {
            byte number => number == 0,
            sbyte number => number == 0,
            short number => number == 0,
            ushort number => number == 0,
            int number => number == 0,
            uint number => number == 0,
            long number => number == 0,
            ulong number => number == 0,
            _ => false,
        },
        _ => false,
    };

    /// <summary>A state as a whole: where it comes from, and where it goes.</summary>
    private void AddWhole(IOperation operation)
    {
        _use.MentionsState = true;
        if (IsFromOutside(operation))
            _use.WritesAll = true;
        switch (operation.Parent)
        {
            case null:
            case IMemberReferenceOperation:
            case IVariableInitializerOperation or IReturnOperation or IExpressionStatementOperation or IWithOperation:
            case IIsPatternOperation or IPatternOperation or ISwitchExpressionOperation or ISwitchOperation or INameOfOperation:
            // What it becomes a part of has the type as well, and is looked at itself.
            case not IInvocationOperation when IsState(operation.Parent.Type) && operation.Parent is not IAssignmentOperation:
                break;
            case IAssignmentOperation assignment when assignment.Target == operation:
                break;
            case IAssignmentOperation assignment:
                _use.ReadsAll |= assignment.Target is not (ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation);
                break;
            case ITupleOperation { Parent: IDeconstructionAssignmentOperation }:
                _use.WritesAll = true;
                break;
            case IArgumentOperation { Parent: IInvocationOperation invocation, Parameter.OriginalDefinition.Type: var type } when IsOfHandler(invocation.TargetMethod) && IsState(type):
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out }:
                _use.WritesAll = true;
                break;
            case IArgumentOperation { Parameter.RefKind: not RefKind.Ref }:
                _use.ReadsAll = true;
                break;
            case IArgumentOperation or IInvocationOperation or IAddressOfOperation or { Kind: OperationKind.None }:
                _use.ReadsAll = true;
                _use.WritesAll = true;
                break;
            default:
                _use.ReadsAll = true;
                break;
        }
    }

    private bool IsFromOutside(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => !creation.Arguments.IsEmpty,
        // A generic method of the handler makes its state by another name.
        IInvocationOperation invocation => !IsOfHandler(invocation.TargetMethod) || !IsState(invocation.TargetMethod.OriginalDefinition.ReturnType),
        ILocalReferenceOperation or IParameterReferenceOperation or IDefaultValueOperation or IInstanceReferenceOperation or IDeclarationExpressionOperation => false,
        // They get it from their parts.
        IWithOperation or IConditionalOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation or IParenthesizedOperation
            or IObjectOrCollectionInitializerOperation or IVariableInitializerOperation or IDiscardOperation or IThrowOperation => false,
        IAssignmentOperation => false,
        IConversionOperation conversion => !IsState(conversion.Operand.Type),
        _ => operation.Parent is not IAssignmentOperation assignment || assignment.Target != operation,
    };

    /// <summary>Whether a variable gets a state that comes from nowhere in sight.</summary>
    private bool IsVariableFromOutside(IOperation operation) => operation switch
    {
        IForEachLoopOperation loop => loop.Locals.Any(local => IsState(local.Type)),
        IDeclarationPatternOperation pattern => IsState(pattern.MatchedType),
        IAnonymousFunctionOperation function => function.Symbol.Parameters.Any(parameter => IsState(parameter.Type)),
        _ => false,
    };

    private void AddCalls(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                Add(invocation.TargetMethod);
                break;
            case IMethodReferenceOperation method:
                Add(method.Method);
                break;
            case IPropertyReferenceOperation { Property: var property }:
                Add(property.GetMethod);
                Add(property.SetMethod);
                break;
            case IObjectCreationOperation creation:
                Add(creation.Constructor);
                break;
        }

        void Add(IMethodSymbol? method)
        {
            if (method is not null)
                _use.Calls.Add(FindKey(method));
        }
    }

    /// <summary>By what methods are told apart.</summary>
    public static ISymbol FindKey(IMethodSymbol method) => (method.PartialDefinitionPart ?? method).OriginalDefinition;

    private static bool IsFailure(IOperation returned) =>
        returned is IThrowOperation || returned.ConstantValue is { HasValue: true, Value: not 0 };

    private static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }
}
