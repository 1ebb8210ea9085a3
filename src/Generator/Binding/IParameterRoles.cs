using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Says what a parameter of a class type stands for, which differs between handlers and FLBs.</summary>
internal interface IParameterRoles
{
    /// <summary>The role of a parameter of this class.</summary>
    ParameterRole FindClassRole(ITypeSymbol type);

    /// <summary>Whether a file may depend on files of this type.</summary>
    bool DependsOn(ITypeSymbol fileType);

    /// <summary>The FLBs whose object is of this class: more than one is ambiguous.</summary>
    ImmutableArray<UsedFlb> FindFlbs(ITypeSymbol type);
}
