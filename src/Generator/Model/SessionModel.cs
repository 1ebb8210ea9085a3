namespace LuoHandlers.Generator.Model;

/// <summary>All that the generated part of one typed session depends on.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="DisplayName">The session's name as messages and comments give it.</param>
/// <param name="FullyQualifiedName">The session's name as code gives it.</param>
/// <param name="Namespace">The namespace; null for the global one.</param>
/// <param name="Declarations">The session and the types that it is nested in, outermost first.</param>
/// <param name="Properties">The properties, in the order of their tokens.</param>
/// <param name="IsRejected">Whether the session is wrong: its members only throw then.</param>
/// <param name="HasMembers">Whether there are other members than the properties.</param>
internal sealed record SessionModel(
    string HintName,
    string DisplayName,
    string FullyQualifiedName,
    string? Namespace,
    EquatableArray<TypeDeclarationModel> Declarations,
    EquatableArray<TokenPropertyModel> Properties,
    bool IsRejected,
    bool HasMembers) : IGeneratedTypeModel
{
    /// <summary>Nothing: only its files are handed over.</summary>
    public EquatableArray<AbiModel> Abis => default;
}
