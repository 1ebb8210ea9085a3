using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>In an FLB, any class is the FLB's object.</summary>
internal sealed class FlbRoles : IParameterRoles
{
    public ParameterRole FindClassRole(ITypeSymbol type) => ParameterRole.FlbObject;

    public ImmutableArray<UsedFlb> FindFlbs(ITypeSymbol type) => [];
}
