using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Follows local <c>Errno</c> variables through a method: what they are where they are returned.</summary>
internal static class ErrnoFlow
{
    /// <summary>By what the flow tells apart where a value is returned or a condition is asked.</summary>
    public static SyntaxNode FindPlace(IOperation value)
    {
        while (value.Unwrap() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation)
            value = negation.Operand;
        return value.Unwrap().Syntax;
    }

    /// <summary>What the variables may be wherever something is returned or asked.</summary>
    public static Dictionary<SyntaxNode, ImmutableDictionary<ISymbol, ErrnoValues>> Analyze(ControlFlowGraph flow, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<BasicBlock, ImmutableDictionary<ISymbol, ErrnoValues>>
        {
            [flow.Blocks[0]] = ImmutableDictionary.Create<ISymbol, ErrnoValues>(SymbolEqualityComparer.Default),
        };
        var results = new Dictionary<SyntaxNode, ImmutableDictionary<ISymbol, ErrnoValues>>();
        var waiting = new Queue<BasicBlock>([flow.Blocks[0]]);
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BasicBlock block = waiting.Dequeue();
            var values = block.Operations.Aggregate(entries[block], Run);
            if (block.BranchValue is { } branchValue)
            {
                values = Run(values, branchValue);
                results[FindPlace(branchValue)] = values;
            }
            Follow(block.FallThroughSuccessor, isConditional: false);
            Follow(block.ConditionalSuccessor, isConditional: true);

            void Follow(ControlFlowBranch? branch, bool isConditional)
            {
                if (branch?.Destination is not { } destination)
                    return;
                var next = Refine(block, values, isConditional);
                if (entries.TryGetValue(destination, out var before))
                {
                    next = Join(before, next);
                    if (next == before)
                        return;
                }
                entries[destination] = next;
                waiting.Enqueue(destination);
            }
        }
        return results;
    }

    private static ImmutableDictionary<ISymbol, ErrnoValues> Join(
        ImmutableDictionary<ISymbol, ErrnoValues> first, ImmutableDictionary<ISymbol, ErrnoValues> second)
    {
        foreach (KeyValuePair<ISymbol, ErrnoValues> each in second)
        {
            first.TryGetValue(each.Key, out ErrnoValues values);
            // Nothing changes where nothing is added: the same dictionary tells that the end is reached.
            if ((values | each.Value) != values)
                first = first.SetItem(each.Key, values | each.Value);
        }
        return first;
    }

    private static ImmutableDictionary<ISymbol, ErrnoValues> Run(ImmutableDictionary<ISymbol, ErrnoValues> values, IOperation operation)
    {
        foreach (IOperation each in operation.DescendantsAndSelf())
        {
            switch (each)
            {
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when target.Type.IsErrno():
                    values = values.SetItem(target.Local, assignment.Value.FindConstant() switch
                    {
                        null => ErrnoValues.Unknown,
                        0 => ErrnoValues.None,
                        _ => ErrnoValues.Error,
                    });
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: ILocalReferenceOperation passed } when passed.Type.IsErrno():
                    values = values.SetItem(passed.Local, ErrnoValues.Unknown);
                    break;
            }
        }
        return values;
    }

    private static ImmutableDictionary<ISymbol, ErrnoValues> Refine(BasicBlock block, ImmutableDictionary<ISymbol, ErrnoValues> values, bool isConditional)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None
            || ErrnoTest.Find(block.BranchValue) is not { Value: ILocalReferenceOperation tested } test)
            return values;
        bool holds = (block.ConditionKind == ControlFlowConditionKind.WhenTrue) == isConditional;
        return values.SetItem(tested.Local, holds == test.IsFailureWhenTrue ? ErrnoValues.Error : ErrnoValues.None);
    }
}
