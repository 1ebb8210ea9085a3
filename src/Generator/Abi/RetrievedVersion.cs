using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>An older compatible string that a handler or FLB retrieves too, by a method with <c>[RetrievesFrom]</c>.</summary>
internal sealed class RetrievedVersion
{
    private RetrievedVersion(string compatible, IMethodSymbol upgrade, ITypeSymbol stateType)
    {
        Compatible = compatible;
        Upgrade = upgrade;
        StateType = stateType;
    }

    public string Compatible { get; }

    public IMethodSymbol Upgrade { get; }

    /// <summary>The old state.</summary>
    public ITypeSymbol StateType { get; }

    /// <summary>Those of a class, ordinally ordered. What is not complete yet is not among them.</summary>
    public static IEnumerable<RetrievedVersion> FindAll(INamedTypeSymbol owner) => owner.GetMembers().OfType<IMethodSymbol>()
        .Select(Find).OfType<RetrievedVersion>().OrderBy(version => version.Compatible, StringComparer.Ordinal);

    private static RetrievedVersion? Find(IMethodSymbol method) =>
        method.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute) is { ConstructorArguments: { Length: 1 } arguments }
        && arguments[0].Value is string { Length: > 0 } compatible
        && method.Parameters.FirstOrDefault(IsOldState) is { } old
            ? new RetrievedVersion(compatible, method, old.Type)
            : null;

    // The new state can only come out.
    private static bool IsOldState(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.Out && parameter.Type.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null;
}
