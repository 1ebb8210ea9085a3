using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>The words in which messages speak of types, roles and ways of passing.</summary>
internal static class Display
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Type(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    public static string Role(ParameterRole role) => role switch
    {
        ParameterRole.File => "the file",
        ParameterRole.State => "the state",
        ParameterRole.SerializedData => "the handle",
        ParameterRole.PrivateData => "private data",
        ParameterRole.FlbObject => "the FLB's object",
        ParameterRole.OutgoingDependency or ParameterRole.IncomingDependency => "the files that it depends on",
        ParameterRole.RetrieveStatus => "the retrieve status",
        _ => "Kexec Handover",
    };

    /// <summary>What a parameter of the role looks like, e.g. <c>a [PreservedState] struct</c>.</summary>
    public static string RoleType(ParameterRole role) => role switch
    {
        ParameterRole.File => "a class derived from LuoFile",
        ParameterRole.State => "a [PreservedState] struct",
        ParameterRole.SerializedData => "ulong serializedData",
        ParameterRole.PrivateData => "any other class",
        ParameterRole.FlbObject => "the class of an FLB's object",
        ParameterRole.OutgoingDependency => "OutgoingDependency of a file type",
        ParameterRole.IncomingDependency => "IncomingDependency of a file type",
        ParameterRole.RetrieveStatus => "RetrieveStatus",
        _ => "IKho",
    };

    public static string Passing(RefKind kind) => kind switch
    {
        RefKind.None => "by value",
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        _ => "ref readonly",
    };

    public static string Passing(ParameterDefinition definition) => Join(definition.RefKinds.Select(Passing));

    public static string Parameters(CallbackDefinition callback) => string.Join(
        ", ",
        callback.Parameters.Select(parameter =>
            parameter.RefKinds[0] == RefKind.None
                ? RoleType(parameter.Role)
                : $"{Passing(parameter.RefKinds[0])} {RoleType(parameter.Role)}"));

    public static string Returns(CallbackDefinition callback) => Join(callback.Returns.Select(returns => returns switch
    {
        ReturnConvention.Void => "void",
        ReturnConvention.Errno => callback.Kind == CallbackKind.Retrieve ? "Errno with an out file" : "Errno",
        ReturnConvention.Boolean => "bool",
        ReturnConvention.Identity => "ulong",
        ReturnConvention.FlbObject => "a class, the FLB's object",
        _ => "a class derived from LuoFile",
    }));

    private static string Join(IEnumerable<string> choices) => string.Join(" or ", choices);
}
