using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>A parameter that the generated code passes.</summary>
internal sealed record ParameterModel(ParameterRole Role, RefKind RefKind);
