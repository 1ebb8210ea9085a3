namespace LuoHandlers.Generator.Model;

/// <summary>All that the generated part of one handler depends on. Types are fully qualified names.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="DisplayName">The handler's name as messages and comments give it.</param>
/// <param name="FullyQualifiedName">The handler's name as code gives it.</param>
/// <param name="Namespace">The namespace; null for the global one.</param>
/// <param name="Declarations">The handler and the types that it is nested in, outermost first.</param>
/// <param name="Compatible">The compatible string.</param>
/// <param name="FileType">The file type.</param>
/// <param name="StateType">The state type, or null.</param>
/// <param name="PrivateDataType">The class of the private data, or null.</param>
/// <param name="Flbs">The FLBs that the handler depends on, in the order in which they are linked.</param>
/// <param name="IsConstructible">Whether the assembly can make an instance without arguments.</param>
/// <param name="Callbacks">The callbacks, in LUO's order.</param>
/// <param name="Upgrades">What makes the states of older versions into today's, in ordinal order of their strings.</param>
internal sealed record HandlerModel(
    string HintName,
    string DisplayName,
    string FullyQualifiedName,
    string? Namespace,
    EquatableArray<TypeDeclarationModel> Declarations,
    string Compatible,
    TypeModel FileType,
    TypeModel? StateType,
    TypeModel? PrivateDataType,
    EquatableArray<UsedFlbModel> Flbs,
    bool IsConstructible,
    EquatableArray<CallbackModel> Callbacks,
    EquatableArray<UpgradeModel> Upgrades) : IGeneratedTypeModel
{
    /// <inheritdoc/>
    public EquatableArray<AbiModel> Abis { get; init; }
}
