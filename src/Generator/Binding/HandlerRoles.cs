using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>In a handler, a class is the file, the object of an FLB that the handler uses, or else private data.</summary>
internal sealed class HandlerRoles(ImmutableArray<UsedFlb> flbs, ImmutableArray<BoundDependency> dependencies) : IParameterRoles
{
    public ParameterRole FindClassRole(ITypeSymbol type)
    {
        if (type.IsOrDerivesFrom(WellKnownTypeNames.LuoFile))
            return ParameterRole.File;
        return FindFlbs(type).IsEmpty ? ParameterRole.PrivateData : ParameterRole.FlbObject;
    }

    public bool DependsOn(ITypeSymbol fileType) =>
        dependencies.Any(dependency => SymbolEqualityComparer.Default.Equals(dependency.FileType, fileType));

    public ImmutableArray<UsedFlb> FindFlbs(ITypeSymbol type) =>
        [.. flbs.Where(flb => SymbolEqualityComparer.Default.Equals(flb.ObjectType, type))];
}
