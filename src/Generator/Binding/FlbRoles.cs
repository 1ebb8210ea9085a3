using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>In an FLB, any class is the FLB's object.</summary>
internal sealed class FlbRoles : IParameterRoles
{
    public ParameterRole FindClassRole(ITypeSymbol type) => ParameterRole.FlbObject;

    public bool DependsOn(ITypeSymbol fileType) => false;

    public ImmutableArray<UsedFlb> FindFlbs(ITypeSymbol type) => [];
}
