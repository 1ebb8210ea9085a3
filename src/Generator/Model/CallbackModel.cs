using LuoHandlers.Generator.Binding;

namespace LuoHandlers.Generator.Model;

/// <summary>A callback that the generated code calls.</summary>
internal sealed record CallbackModel(CallbackKind Kind, ReturnConvention Returns, EquatableArray<ParameterModel> Parameters)
{
    /// <summary>The name of the author's method and of the interface's.</summary>
    public string Name => Kind.ToString();

    /// <summary>The parameter of this role, or null.</summary>
    public ParameterModel? FindParameter(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Role == role);
}
