namespace LuoHandlers.Generator.Model;

/// <summary>All that the generated part of one FLB depends on. Types are fully qualified names.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="DisplayName">The FLB's name as messages and comments give it.</param>
/// <param name="FullyQualifiedName">The FLB's name as code gives it.</param>
/// <param name="Namespace">The namespace; null for the global one.</param>
/// <param name="Declarations">The FLB and the types that it is nested in, outermost first.</param>
/// <param name="Compatible">The compatible string.</param>
/// <param name="ObjectType">The class of the live object.</param>
/// <param name="ObjectAccessibility">The accessibility that a member of that type can have.</param>
/// <param name="StateType">The state type, or null.</param>
/// <param name="HasGetIncoming">Whether the author has a member of that name.</param>
/// <param name="HasGetOutgoing">Whether the author has a member of that name.</param>
/// <param name="Callbacks">The callbacks, in LUO's order.</param>
internal sealed record FlbModel(
    string HintName,
    string DisplayName,
    string FullyQualifiedName,
    string? Namespace,
    EquatableArray<TypeDeclarationModel> Declarations,
    string Compatible,
    TypeModel ObjectType,
    string ObjectAccessibility,
    TypeModel? StateType,
    bool HasGetIncoming,
    bool HasGetOutgoing,
    EquatableArray<CallbackModel> Callbacks) : IGeneratedTypeModel
{
    /// <inheritdoc/>
    public EquatableArray<AbiModel> Abis { get; init; }
}
