using LuoHandlers.Generator.Binding;

namespace LuoHandlers.Generator.Model;

/// <summary>A method that makes the state of an older version into today's.</summary>
/// <param name="Compatible">The compatible string of the older version.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="OldState">The state of the older version.</param>
/// <param name="Returns">An <c>Errno</c>, or the state itself.</param>
/// <param name="Parameters">The parameters; the state passed as <c>out</c> is today's.</param>
internal sealed record UpgradeModel(
    string Compatible, string Method, TypeModel OldState, ReturnConvention Returns, EquatableArray<ParameterModel> Parameters);
