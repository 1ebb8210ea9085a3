using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>A handler and what its methods do.</summary>
internal sealed class HandlerCode
{
    private readonly IReadOnlyDictionary<IMethodSymbol, IBlockOperation> _bodies;

    public HandlerCode(
        BoundHandler handler,
        IReadOnlyDictionary<IMethodSymbol, IBlockOperation> bodies,
        Compilation compilation,
        CancellationToken cancellationToken)
    {
        Handler = handler;
        Compilation = compilation;
        CancellationToken = cancellationToken;
        _bodies = bodies;
        // A callback of a base class is somewhere else; code that does not compile may become anything.
        IsKnown = handler.Callbacks.All(callback => FindBody(callback.Method) is not null)
            && !bodies.Values.Any(body => body.Descendants().Any(operation => IsUnknown(operation)));
    }

    public BoundHandler Handler { get; }

    public Compilation Compilation { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Whether all callbacks can be seen, and compile.</summary>
    public bool IsKnown { get; }

    /// <summary>Whether it is an FLB rather than a handler of files.</summary>
    public bool IsFlb => Handler.Type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null;

    /// <summary>The bodies of all methods of the handler.</summary>
    public IEnumerable<KeyValuePair<IMethodSymbol, IBlockOperation>> Bodies => _bodies;

    /// <summary>The body of a callback; null if the handler has no such callback.</summary>
    public IBlockOperation? FindBody(CallbackKind kind) => Handler.FindCallback(kind) is { } callback ? FindBody(callback.Method) : null;

    /// <summary>The body of a method of the handler.</summary>
    public IBlockOperation? FindBody(IMethodSymbol method) =>
        _bodies.TryGetValue(method.PartialImplementationPart ?? method, out IBlockOperation? body) ? body : null;

    /// <summary>The parameter of a callback in this role.</summary>
    public IParameterSymbol? FindParameter(CallbackKind kind, ParameterRole role) =>
        Handler.FindCallback(kind) is { } callback && callback.FindParameter(role) is { } parameter
            ? (callback.Method.PartialImplementationPart?.Parameters[parameter.Symbol.Ordinal] ?? parameter.Symbol)
            : null;

    /// <summary>All that runs when a callback does: its body, and those of the handler's methods that it comes to.</summary>
    public IEnumerable<IOperation> Reach(CallbackKind kind) => FindBody(kind) is { } body ? Reach(body) : [];

    /// <summary>All that runs when this does, through the methods of the handler.</summary>
    public IEnumerable<IOperation> Reach(IOperation start)
    {
        var seen = new HashSet<IOperation>();
        var waiting = new Stack<IOperation>();
        waiting.Push(start);
        while (waiting.Count > 0)
        {
            IOperation each = waiting.Pop();
            if (!seen.Add(each))
                continue;
            CancellationToken.ThrowIfCancellationRequested();
            foreach (IOperation operation in each.DescendantsAndSelf())
            {
                yield return operation;
                if (FindCalled(operation) is { } called)
                    waiting.Push(called);
            }
        }
    }

    /// <summary>The control flow of a method's body.</summary>
    public ControlFlowGraph? CreateFlow(IBlockOperation body) => body.Parent switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, CancellationToken),
        _ => null,
    };

    // A buffer on the stack and what a pointer points to have no operation of their own, but nothing else is hidden in it.
    private static bool IsUnknown(IOperation operation) => operation.Kind == OperationKind.Invalid
        || (operation.Kind == OperationKind.None && operation.Syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax or PrefixUnaryExpressionSyntax));

    // A method group is as good as a call: it is given to somebody in order to be called. A local function is part of the body that it is in.
    private IBlockOperation? FindCalled(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => FindBody(invocation.TargetMethod.OriginalDefinition),
        IMethodReferenceOperation reference => FindBody(reference.Method.OriginalDefinition),
        IPropertyReferenceOperation { Property.GetMethod: { } getter } => FindBody(getter),
        _ => null,
    };
}
