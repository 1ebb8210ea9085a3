using System.Collections.Concurrent;
using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>The methods of a handler, and what the rules ask of them: each answer is worked out once, for all rules.</summary>
internal sealed class HandlerBodies
{
    private readonly ConcurrentDictionary<IOperation, ImmutableArray<IOperation>> _operations = new();
    private readonly ConcurrentDictionary<IOperation, ImmutableArray<IOperation>> _reached = new();
    private readonly ConcurrentDictionary<IOperation, ControlFlowGraph?> _flows = new();
    private readonly Lazy<bool> _isKnown;

    public HandlerBodies(BoundHandler handler, IReadOnlyDictionary<IMethodSymbol, IBlockOperation> bodies)
    {
        Handler = handler;
        All = bodies;
        // A callback of a base class is somewhere else; code that does not compile may become anything.
        _isKnown = new(() => handler.Callbacks.All(callback => Find(callback.Method) is not null)
            && !bodies.Values.Any(body => FindOperations(body).Any(operation => IsUnknown(operation))));
    }

    public BoundHandler Handler { get; }

    /// <summary>The bodies of all methods.</summary>
    public IReadOnlyDictionary<IMethodSymbol, IBlockOperation> All { get; }

    /// <summary>Whether all callbacks can be seen, and compile.</summary>
    public bool IsKnown => _isKnown.Value;

    /// <summary>The body of a method of the handler.</summary>
    public IBlockOperation? Find(IMethodSymbol method) =>
        All.TryGetValue(method.PartialImplementationPart ?? method, out IBlockOperation? body) ? body : null;

    /// <summary>An operation and all that is in it.</summary>
    public ImmutableArray<IOperation> FindOperations(IOperation operation) =>
        _operations.GetOrAdd(operation, static each => [.. each.DescendantsAndSelf()]);

    /// <summary>All that runs when this does, through the methods of the handler.</summary>
    public ImmutableArray<IOperation> FindReached(IOperation start, CancellationToken cancellationToken) =>
        _reached.GetOrAdd(start, each => FindAllReached(each, cancellationToken));

    /// <summary>The control flow of a method's body.</summary>
    public ControlFlowGraph? FindFlow(IBlockOperation body, CancellationToken cancellationToken) =>
        _flows.GetOrAdd(body, each => each.Parent is IMethodBodyOperation method ? ControlFlowGraph.Create(method, cancellationToken) : null);

    private ImmutableArray<IOperation> FindAllReached(IOperation start, CancellationToken cancellationToken)
    {
        var reached = ImmutableArray.CreateBuilder<IOperation>();
        var seen = new HashSet<IOperation>();
        var waiting = new Stack<IOperation>();
        waiting.Push(start);
        while (waiting.Count > 0)
        {
            IOperation each = waiting.Pop();
            if (!seen.Add(each))
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<IOperation> operations = FindOperations(each);
            reached.AddRange(operations);
            foreach (IOperation operation in operations)
            {
                if (FindCalled(operation) is { } called)
                    waiting.Push(called);
            }
        }
        return reached.ToImmutable();
    }

    // A buffer on the stack and what a pointer points to have no operation of their own, but nothing else is hidden in it.
    private static bool IsUnknown(IOperation operation) => operation.Kind == OperationKind.Invalid
        || (operation.Kind == OperationKind.None && operation.Syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax or PrefixUnaryExpressionSyntax));

    // A method group is as good as a call: it is given to somebody in order to be called. A local function is part of the body that it is in.
    private IBlockOperation? FindCalled(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => Find(invocation.TargetMethod.OriginalDefinition),
        IMethodReferenceOperation reference => Find(reference.Method.OriginalDefinition),
        IPropertyReferenceOperation { Property.GetMethod: { } getter } => Find(getter),
        _ => null,
    };
}
