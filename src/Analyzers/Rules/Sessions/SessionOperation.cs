using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>A call of the agent's interface: on the device or on a session.</summary>
internal sealed class SessionOperation
{
    private SessionOperation(IInvocationOperation invocation, string name, IOperation? target)
    {
        Invocation = invocation;
        Name = name;
        Target = target;
    }

    public IInvocationOperation Invocation { get; }

    /// <summary>The method without <c>Try</c>: CreateSession, RetrieveSession, PreserveFd, PreserveFile, RetrieveFd, RetrieveFile, Finish, or
    /// Preserve, Retrieve and Finish of a typed session.</summary>
    public string Name { get; }

    /// <summary>The device or the session that it is called on.</summary>
    public IOperation? Target { get; }

    public bool IsTry => Invocation.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal);

    /// <summary>The local or parameter that it is called on, or null.</summary>
    public ISymbol? TargetVariable => FindVariable(Target);

    /// <summary>Recognizes a call, or gives null.</summary>
    public static SessionOperation? Find(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        INamedTypeSymbol type = method.ContainingType;
        string name = method.Name.StartsWith("Try", StringComparison.Ordinal) ? method.Name.Substring(3) : method.Name;
        return name switch
        {
            "CreateSession" or "RetrieveSession" when type.HasMetadataName(WellKnownTypeNames.LiveUpdateDevice) => new SessionOperation(invocation, name, invocation.Instance),
            "PreserveFd" or "RetrieveFd" or "Finish" when type.HasMetadataName(WellKnownTypeNames.LiveUpdateSession) => new SessionOperation(invocation, name, invocation.Instance),
            "PreserveFile" or "RetrieveFile" when type.HasMetadataName(WellKnownTypeNames.SessionFiles) => new SessionOperation(invocation, name, FindArgument(invocation, "session")),
            "Preserve" or "Retrieve" or "Finish" when IsTyped(type) && TypeBinder.IsGenerated(method) =>
                new SessionOperation(invocation, name, name == "Finish" ? invocation.Instance : FindArgument(invocation, "device")),
            _ => null,
        };
    }

    /// <summary>Whether a type is a typed session.</summary>
    public static bool IsTyped(ITypeSymbol? type) => type?.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is not null;

    /// <summary>The argument of a parameter, or null.</summary>
    public IOperation? FindArgument(string parameter) => FindArgument(Invocation, parameter);

    /// <summary>The local or parameter that an expression is, or null.</summary>
    public static ISymbol? FindVariable(IOperation? expression) => Unwrap(expression) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>An expression without what does not change its object.</summary>
    public static IOperation? Unwrap(IOperation? expression)
    {
        while (true)
        {
            switch (expression)
            {
                case IConversionOperation conversion:
                    expression = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    expression = parenthesized.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    private static IOperation? FindArgument(IInvocationOperation invocation, string parameter) =>
        invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;
}
