using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>A parameter that the generated code passes.</summary>
/// <param name="Role">What it stands for.</param>
/// <param name="RefKind">How it is passed.</param>
/// <param name="Flb">The place among the handler's FLBs of the one whose object it is; -1 for all else.</param>
internal sealed record ParameterModel(ParameterRole Role, RefKind RefKind, int Flb);
