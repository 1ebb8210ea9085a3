using System.Collections.Immutable;

namespace LuoHandlers.Generator.Binding;

/// <summary>A callback: its names, whether LUO needs it, and what its method may look like.</summary>
internal sealed class CallbackDefinition(
    CallbackKind kind,
    string kernelName,
    bool isRequired,
    ImmutableArray<ReturnConvention> returns,
    ImmutableArray<ParameterDefinition> parameters)
{
    public CallbackKind Kind { get; } = kind;

    /// <summary>The method's name.</summary>
    public string Name { get; } = kind.ToString();

    /// <summary>The name in <c>struct liveupdate_file_ops</c>.</summary>
    public string KernelName { get; } = kernelName;

    /// <summary>Whether LUO refuses to register a handler without it.</summary>
    public bool IsRequired { get; } = isRequired;

    /// <summary>What the method may return; the first is what a fix writes.</summary>
    public ImmutableArray<ReturnConvention> Returns { get; } = returns;

    /// <summary>What the method may take, each at most once, in any order; this order is the one a fix writes.</summary>
    public ImmutableArray<ParameterDefinition> Parameters { get; } = parameters;

    /// <summary>The parameter of this role, or null if the callback does not offer it.</summary>
    public ParameterDefinition? FindParameter(ParameterRole role)
    {
        foreach (ParameterDefinition parameter in Parameters)
        {
            if (parameter.Role == role)
                return parameter;
        }
        return null;
    }
}
