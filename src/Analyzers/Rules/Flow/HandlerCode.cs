using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>A handler and what its methods do, as one rule sees it.</summary>
internal sealed class HandlerCode(HandlerBodies bodies, CancellationToken cancellationToken)
{
    public BoundHandler Handler => bodies.Handler;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether it is an FLB rather than a handler of files.</summary>
    public bool IsFlb => Handler.Type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null;

    /// <summary>The bodies of all methods of the handler.</summary>
    public IEnumerable<KeyValuePair<IMethodSymbol, IBlockOperation>> Bodies => bodies.All;

    /// <summary>All that is in the methods of the handler.</summary>
    public IEnumerable<IOperation> Operations => bodies.All.Values.SelectMany(body => bodies.FindOperations(body));

    /// <summary>The body of a callback; null if the handler has no such callback.</summary>
    public IBlockOperation? FindBody(CallbackKind kind) => Handler.FindCallback(kind) is { } callback ? FindBody(callback.Method) : null;

    /// <summary>The body of a method of the handler.</summary>
    public IBlockOperation? FindBody(IMethodSymbol method) => bodies.Find(method);

    /// <summary>The parameter of a callback in this role.</summary>
    public IParameterSymbol? FindParameter(CallbackKind kind, ParameterRole role) =>
        Handler.FindCallback(kind) is { } callback && callback.FindParameter(role) is { } parameter
            ? (callback.Method.PartialImplementationPart?.Parameters[parameter.Symbol.Ordinal] ?? parameter.Symbol)
            : null;

    /// <summary>All that runs when a callback does: its body, and those of the handler's methods that it comes to.</summary>
    public ImmutableArray<IOperation> Reach(CallbackKind kind) => FindBody(kind) is { } body ? Reach(body) : [];

    /// <summary>All that runs when this does, through the methods of the handler.</summary>
    public ImmutableArray<IOperation> Reach(IOperation start) => bodies.FindReached(start, cancellationToken);

    /// <summary>An operation and all that is in it.</summary>
    public ImmutableArray<IOperation> FindOperations(IOperation operation) => bodies.FindOperations(operation);

    /// <summary>The control flow of a method's body.</summary>
    public ControlFlowGraph? FindFlow(IBlockOperation body) => bodies.FindFlow(body, cancellationToken);
}
