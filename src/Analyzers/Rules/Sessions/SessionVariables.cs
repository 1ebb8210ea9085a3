using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>What one method does with its variables, as far as it matters for the sessions in them.</summary>
internal sealed class SessionVariables
{
    private readonly Dictionary<ISymbol, IOperation> _initializers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _assigned = new(SymbolEqualityComparer.Default);

    // Variables that are declared by the attempt which gives them their session.
    private readonly Dictionary<ISymbol, SessionOperation> _attempted = new(SymbolEqualityComparer.Default);

    // Used for anything but a call on a session: it may be closed there.
    private readonly HashSet<ISymbol> _escaping = new(SymbolEqualityComparer.Default);

    public SessionVariables(IOperation method)
    {
        foreach (IOperation operation in method.Descendants())
            Add(operation);
    }

    /// <summary>Whether a variable gets a value after its declaration.</summary>
    public bool IsAssigned(ISymbol variable) => _assigned.Contains(variable);

    /// <summary>The call that a session comes from, where that is sure; or null.</summary>
    public SessionOperation? FindOrigin(IOperation? session)
    {
        IOperation? source = SessionOperation.Unwrap(session);
        if (SessionOperation.FindVariable(source) is { } variable)
        {
            if (!IsAssigned(variable) && _attempted.TryGetValue(variable, out SessionOperation attempt))
                return attempt;
            source = !IsAssigned(variable) && _initializers.TryGetValue(variable, out IOperation? value) ? SessionOperation.Unwrap(value) : null;
        }
        return source is IInvocationOperation invocation && SessionOperation.Find(invocation) is { IsTry: false, Name: "CreateSession" or "RetrieveSession" } origin
            ? origin
            : null;
    }

    /// <summary>Whether a typed session was made by <c>new</c> (true) or retrieved (false), where that is sure; or null.</summary>
    public bool? IsNewTyped(IOperation? session)
    {
        if (SessionOperation.FindVariable(session) is not { } variable || IsAssigned(variable) || !_initializers.TryGetValue(variable, out IOperation? value))
            return null;
        return SessionOperation.Unwrap(value) switch
        {
            IObjectCreationOperation creation when SessionOperation.IsTyped(creation.Type) => true,
            IInvocationOperation invocation when SessionOperation.IsTyped(invocation.TargetMethod.ContainingType) && SessionOperation.Find(invocation) is { Name: "Retrieve" } => false,
            _ => null,
        };
    }

    /// <summary>Whether a session that is created here is surely open as long as the code goes on that comes after it in its block.</summary>
    public bool StaysOpen(IInvocationOperation created)
    {
        // A typed session is the object that it is called on.
        bool isTyped = SessionOperation.IsTyped(created.TargetMethod.ContainingType);
        if (!isTyped && created.Parent is IExpressionStatementOperation)
            return true;
        ISymbol? variable = isTyped ? SessionOperation.FindVariable(created.Instance) : _initializers.FirstOrDefault(pair => SessionOperation.Unwrap(pair.Value) == created).Key;
        return variable is not null && !_escaping.Contains(variable) && !IsAssigned(variable);
    }

    private void Add(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation { Symbol: var local } declarator when declarator.GetVariableInitializer() is { } initializer:
                _initializers[local] = initializer.Value;
                break;
            case IAssignmentOperation assignment when SessionOperation.FindVariable(assignment.Target) is { } target:
                _assigned.Add(target);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: IDeclarationExpressionOperation { Expression: var declared }, Parent: IInvocationOperation invocation }
                when SessionOperation.FindVariable(declared) is { } target && SessionOperation.Find(invocation) is { Name: "CreateSession" or "RetrieveSession" } attempt:
                _attempted[target] = attempt;
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when SessionOperation.FindVariable(argument.Value) is { } target:
                _assigned.Add(target);
                break;
            case ILocalReferenceOperation reference when !IsCallOnSession(reference):
                _escaping.Add(reference.Local);
                break;
        }
    }

    private static bool IsCallOnSession(ILocalReferenceOperation reference)
    {
        IOperation? user = reference.Parent;
        while (user is IConversionOperation or IArgumentOperation or IParenthesizedOperation)
            user = user.Parent;
        return user is IPropertyReferenceOperation || (user is IInvocationOperation invocation && SessionOperation.Find(invocation) is not null);
    }
}
