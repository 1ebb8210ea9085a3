using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Follows a callback from where it takes something to where it can fail, and finds the failures before which nothing is released. Whatever
/// could release counts: a call that is named so, a rollback that is registered, a <c>catch</c> or <c>finally</c> around the failure.
/// </summary>
internal sealed class LeakFlow
{
    private readonly HandlerCode _code;
    private readonly IBlockOperation _body;
    private readonly ControlFlowGraph _flow;
    private readonly Func<IOperation, bool> _takes;
    private readonly bool _failsWhenTaking;
    private readonly Dictionary<SyntaxNode, IOperation> _failures = [];
    private readonly Dictionary<BasicBlock, List<IOperation>> _events = [];

    // Calls that are told how to give something back, by their syntax: the control flow has functions elsewhere.
    private readonly HashSet<SyntaxNode> _registrations;

    private LeakFlow(HandlerCode code, IBlockOperation body, ControlFlowGraph flow, Func<IOperation, bool> takes, bool failsWhenTaking)
    {
        _code = code;
        _body = body;
        _flow = flow;
        _takes = takes;
        _failsWhenTaking = failsWhenTaking;
        _registrations = [.. body.OwnDescendants().OfType<IInvocationOperation>()
            .Where(call => call.Arguments.Any(argument => Releases(argument.Value)))
            .Select(call => call.Syntax)];
        foreach (IOperation operation in body.OwnDescendants())
        {
            if (FindFailing(operation) is { } failing)
                _failures[failing] = operation;
        }
    }

    /// <summary>The leaks of a callback, for each thing taken the first one.</summary>
    /// <param name="code">The handler.</param>
    /// <param name="kind">The callback.</param>
    /// <param name="takes">Which calls take.</param>
    /// <param name="failsWhenTaking">Whether such a call can fail as well.</param>
    public static IEnumerable<Leak> Find(HandlerCode code, CallbackKind kind, Func<IOperation, bool> takes, bool failsWhenTaking) =>
        code.FindBody(kind) is { } body ? Find(code, body, takes, failsWhenTaking) : [];

    /// <summary>The same of any method of the handler.</summary>
    public static IEnumerable<Leak> Find(HandlerCode code, IBlockOperation body, Func<IOperation, bool> takes, bool failsWhenTaking)
    {
        if (!code.FindOperations(body).Any(takes) || code.FindFlow(body) is not { } flow)
            return [];
        var analysis = new LeakFlow(code, body, flow, takes, failsWhenTaking);
        return analysis.Find();
    }

    private IEnumerable<Leak> Find()
    {
        foreach (BasicBlock block in _flow.Blocks)
        {
            if (!block.IsReachable)
                continue;
            List<IOperation> events = Events(block);
            for (int i = 0; i < events.Count; i++)
            {
                if (_takes(events[i]) && IsHeld(events[i]) && FindFailureAfter(events[i], block, i + 1) is { } failure)
                    yield return new(events[i], failure);
            }
        }
    }

    private IOperation? FindFailureAfter(IOperation taking, BasicBlock start, int index)
    {
        ISymbol? taken = FindTaken(taking);
        var seen = new HashSet<BasicBlock>();
        var waiting = new Stack<(BasicBlock Block, int Index)>();
        if (taking is not IInvocationOperation { TargetMethod.Name: "TryFindInherited" })
            waiting.Push((start, index));
        else if (FindFound(taking, start) is { } found)
            waiting.Push((found, 0));
        while (waiting.Count > 0)
        {
            _code.CancellationToken.ThrowIfCancellationRequested();
            (BasicBlock block, int from) = waiting.Pop();
            bool isReleased = false;
            foreach (IOperation each in Events(block).Skip(from))
            {
                // A statement may have the syntax of the call that it consists of, and comes after it.
                if (_failures.TryGetValue(each.Syntax, out IOperation? failure)
                    && failure.Kind != OperationKind.Return
                    && (failure.Kind == OperationKind.Throw || failure.Kind == each.Kind)
                    && !IsCovered(failure, taking))
                    return IsReleasedOnOtherWay(block) ? null : failure;
                if (MayRelease(each, taking, taken))
                {
                    isReleased = true;
                    break;
                }
            }
            if (isReleased)
                continue;
            if (block.BranchValue is { } value && _failures.TryGetValue(value.Syntax, out IOperation? final) && !IsCovered(final, taking))
                return IsReleasedOnOtherWay(block) ? null : final;
            foreach (ControlFlowBranch? branch in new[] { block.ConditionalSuccessor, block.FallThroughSuccessor })
            {
                if (branch?.Destination is { } destination && !branch.FinallyRegions.Any(region => MayRelease(region, taking, taken)) && seen.Add(destination))
                    waiting.Push((destination, 0));
            }
        }
        return null;

        // "if (isTaken) Release(it);" before a failure that all ways come to: the test knows whether there is anything to release.
        bool IsReleasedOnOtherWay(BasicBlock failing) => FindReached(start, start).Any(block =>
            block != start && block != failing && Events(block).Any(each => MayRelease(each, taking, taken)) && FindReached(block, start).Contains(failing));
    }

    // Without what is only come to through a second turn of the loop, which takes something else.
    private static HashSet<BasicBlock> FindReached(BasicBlock from, BasicBlock except)
    {
        var reached = new HashSet<BasicBlock>();
        var waiting = new Stack<BasicBlock>();
        waiting.Push(from);
        while (waiting.Count > 0)
        {
            BasicBlock block = waiting.Pop();
            foreach (ControlFlowBranch? branch in new[] { block.ConditionalSuccessor, block.FallThroughSuccessor })
            {
                if (branch?.Destination is { } destination && destination != except && reached.Add(destination))
                    waiting.Push(destination);
            }
        }
        return reached;
    }

    // In a finally: what the author wrote there, not that a loop is over.
    private bool MayRelease(ControlFlowRegion region, IOperation taking, ISymbol? taken) =>
        _flow.Blocks.Skip(region.FirstBlockOrdinal).Take(region.LastBlockOrdinal - region.FirstBlockOrdinal + 1)
            .Any(block => Events(block).Any(each => !each.IsImplicit && MayRelease(each, taking, taken)));

    // One that is only looked for is not taken; where the answer is kept for later, nobody knows on which ways it is.
    private static bool IsHeld(IOperation taking) => taking is not IInvocationOperation { TargetMethod.Name: "Restore" or "TryFindInherited" } call
        || (FindTaken(taking) is not null
            && (IsRestored(taking) || call.Syntax.FirstAncestorOrSelf<IfStatementSyntax>()?.Condition.Span.Contains(call.Syntax.Span) == true));

    // Where it goes on with what was found; null if something else than the answer itself decides.
    private static BasicBlock? FindFound(IOperation search, BasicBlock block) => block.BranchValue?.Syntax == search.Syntax
        ? (block.ConditionKind == ControlFlowConditionKind.WhenTrue ? block.ConditionalSuccessor : block.FallThroughSuccessor)?.Destination
        : null;

    // What happens in a block, in the order in which it does: operands before what uses them.
    private List<IOperation> Events(BasicBlock block)
    {
        if (_events.TryGetValue(block, out List<IOperation>? events))
            return events;
        events = [];
        foreach (IOperation operation in block.Operations)
            Add(operation);
        if (block.BranchValue is { } value)
            Add(value);
        return _events[block] = events;

        void Add(IOperation operation)
        {
            foreach (IOperation child in operation.ChildOperations)
                Add(child);
            events.Add(operation);
        }
    }

    /// <summary>The syntax by which the control flow knows a failure; null if the operation can't fail, as far as is known.</summary>
    private SyntaxNode? FindFailing(IOperation operation) => operation switch
    {
        IThrowOperation { Exception: { } exception } => exception.Syntax,
        IReturnOperation { ReturnedValue: { } value } when IsFailure(value, operation) => value.Syntax,
        IInvocationOperation call when (_failsWhenTaking && (call.PreservesMemory() || call.PreservesInScope() || _takes(call))) || CallsFailing(call) => call.Syntax,
        _ => null,
    };

    private static bool IsFailure(IOperation value, IOperation at)
    {
        if (!value.Type.IsErrno())
            return value.Unwrap().ConstantValue is { HasValue: true, Value: null };
        if (value.FindConstant() is { } number)
            return number != 0;
        // An error that was found to be one right here.
        return value.Unwrap() is ILocalReferenceOperation returned
            && at.Ancestors().OfType<IConditionalOperation>().FirstOrDefault() is { } conditional
            && ErrnoTest.Find(conditional.Condition) is { } test
            && test.Value.Refers(returned.Local)
            && at.IsIn(test.IsFailureWhenTrue ? conditional.WhenTrue : conditional.WhenFalse);
    }

    private bool CallsFailing(IInvocationOperation call) =>
        _code.FindBody(call.TargetMethod.OriginalDefinition) is { } called
        && !called.Descendants().Any(operation => operation is ITryOperation)
        && called.OwnDescendants().Any(operation => operation is IThrowOperation);

    // A catch or finally that calls anything may well release what was taken before; not what is released in another way.
    // Nor is anything lost by a failure for want of it.
    private bool IsCovered(IOperation failure, IOperation taking) => failure.Ancestors().TakeWhile(each => each != _body).Any(each =>
        (each is ICoalesceOperation choice && FindTaken(taking) is { } taken && choice.Value.Refers(taken))
        || each is ITryOperation attempt
        && ((failure.IsIn(attempt.Body) && attempt.Catches.Any(handler => Undoes(handler, taking) || LeadsToRelease(handler, attempt, taking))) || (attempt.Finally is { } last && Undoes(last, taking))));

    // One that notes the error and goes on, to where all is given back.
    private bool LeadsToRelease(ICatchClauseOperation handler, ITryOperation attempt, IOperation taking) =>
        !handler.Handler.Descendants().Any(operation => operation is IThrowOperation or IReturnOperation)
        && _body.OwnDescendants().Any(operation => operation.Syntax.SpanStart >= attempt.Syntax.Span.End && MayRelease(operation, taking, FindTaken(taking)));

    private static bool Releases(IOperation function) => function.Descendants().Any(operation => operation switch
    {
        IMethodReferenceOperation reference => KhoCalls.MayRelease(reference.Method),
        IInvocationOperation call => call.MayRelease() && call.Ancestors().TakeWhile(outer => outer != function).Any(outer => outer is IAnonymousFunctionOperation),
        _ => false,
    });

    private static bool Undoes(IOperation handler, IOperation taking) => handler.Descendants().Any(operation =>
        (operation is IInvocationOperation call && !call.ReleasesOther(taking)) || IsOwnChange(operation, taking));

    // What was set is set again.
    private static bool IsOwnChange(IOperation operation, IOperation taking) => operation is IAssignmentOperation change
        && taking is IAssignmentOperation { Target: IMemberReferenceOperation changed }
        && change.Syntax != taking.Syntax
        && change.Target is IMemberReferenceOperation target
        && SymbolEqualityComparer.Default.Equals(target.Member, changed.Member);

    // What holds the thing that was taken; null if it is not a variable.
    private static ISymbol? FindTaken(IOperation taking) => taking switch
    {
        IInvocationOperation { TargetMethod.Name: "TryFindInherited" } attempt => attempt.Arguments.First(argument => argument.Parameter?.RefKind == RefKind.Out).Value.Unwrap() switch
        {
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
            ILocalReferenceOperation local => local.Local,
            _ => null,
        },
        _ => FindVariable(taking),
    };

    // The control flow has operations of its own; the syntax is the same.
    private static ISymbol? FindVariable(IOperation taking) => taking.Ancestors().FirstOrDefault(each => each is not IConversionOperation) switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
        _ => null,
    };

    // An ordinary folio, from here on: whoever gets it may own it.
    private static bool IsRestored(IOperation taking) => taking is IInvocationOperation { TargetMethod.Name: "Restore" } or IObjectCreationOperation;

    private bool OnlyLooks(IArgumentOperation argument) => argument.Parent is IInvocationOperation { TargetMethod: var method }
        && ((method.Name == "GetSpan" && method.ContainingType.IsOfRuntime())
            || (method.ReturnType.SpecialType == SpecialType.System_Boolean && _code.FindBody(method.OriginalDefinition) is not null));

    // Memory of another variable is given up by the runtime's own calls.
    private bool ReleasesOtherVariable(IInvocationOperation call, ISymbol? taken) =>
        taken is not null
        && call.TargetMethod.ContainingType.IsOfRuntime()
        && call.TargetMethod.Name is "Restore" or "RestoreFree" or "Unpreserve" or "UnpreserveFree"
        && call.Arguments.FirstOrDefault()?.Value.Unwrap() is ILocalReferenceOperation { Local: var given }
        && !SymbolEqualityComparer.Default.Equals(given, taken)
        && ((_body.FindInitialValue(given)?.Unwrap() is IInvocationOperation made && made.IsOfKho())
            || _body.Descendants().Any(operation => operation is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var declared } } && SymbolEqualityComparer.Default.Equals(declared, given)));

    private bool MayRelease(IOperation operation, IOperation taking, ISymbol? taken) => operation switch
    {
        IInvocationOperation call when call.ReleasesOther(taking) || ReleasesOtherVariable(call, taken) => false,
        IArgumentOperation argument when taken is not null && IsRestored(taking) => argument.Value.Refers(taken) && !OnlyLooks(argument),
        ISimpleAssignmentOperation assignment when taken is not null && IsRestored(taking) => assignment.Value.Refers(taken),
        _ when IsOwnChange(operation, taking) => true,
        // The same thing under another name, by which it may be released.
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when taken is not null =>
            (comparison.LeftOperand.Refers(taken) && comparison.RightOperand.FindVariable() is not null)
            || (comparison.RightOperand.Refers(taken) && comparison.LeftOperand.FindVariable() is not null),
        // Whatever a file is told by a word alone may be that it is over.
        IInvocationOperation { Arguments.IsEmpty: true, TargetMethod.ReturnsVoid: true, Instance: { } told } when taking is IObjectCreationOperation && told.Refers(taken) => true,
        IInvocationOperation call when taking is IInvocationOperation { TargetMethod.Name: var done } && FileChange.FindCounterparts(done).Contains(call.TargetMethod.Name) => true,
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call => !IsQuestion(call),
        IInvocationOperation call => call.MayRelease() || call.RegistersRollback() || _registrations.Contains(call.Syntax) || IsReleasing(call.TargetMethod)
            || (call.GetsPreserved() && _code.FindBody(call.TargetMethod.OriginalDefinition) is null),
        // An owner that is disposed in the end, or that is told what it owns.
        IObjectCreationOperation { Type: { } type } creation => !creation.Arguments.IsEmpty
            && type.AllInterfaces.Any(each => each.SpecialType == SpecialType.System_IDisposable)
            && !type.HasMetadataName("LuoHandlers.Kho.PreservationScope"),
        _ => false,
    };

    // What is asked with plain values, of somebody who came with the handler, has nothing to give up: neither memory nor Kexec Handover.
    private static bool IsQuestion(IInvocationOperation call) => call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Boolean
        && call.Instance?.Unwrap() is IFieldReferenceOperation { Instance: IInstanceReferenceOperation } or IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }
        && !call.Arguments.IsEmpty
        && call.Arguments.All(argument => IsPlain(argument.Value.Unwrap().Type));

    private static bool IsPlain(ITypeSymbol? type) => type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String };

    private bool IsReleasing(IMethodSymbol method)
    {
        IOperation? body = method.MethodKind == MethodKind.LocalFunction
            ? _body.Descendants().OfType<ILocalFunctionOperation>().FirstOrDefault(each => SymbolEqualityComparer.Default.Equals(each.Symbol, method))
            : _code.FindBody(method.OriginalDefinition);
        return body is not null && _code.Reach(body).OfType<IInvocationOperation>().Any(call => call.MayRelease());
    }
}
