using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace LuoHandlers.CodeFixes;

/// <summary>Types and parameter names of new callbacks: those that the handler's callbacks use already.</summary>
internal sealed class CallbackSignature(SyntaxGenerator generator, SemanticModel model, CallbackTypes handler, int position)
{
    private readonly bool _isNullableEnabled = model.GetNullableContext(position).AnnotationsEnabled();

    public IEnumerable<SyntaxNode> CreateParameters(CallbackDefinition callback)
    {
        var names = new HashSet<string>();
        foreach (ParameterDefinition parameter in callback.Parameters)
        {
            // A retrieved file is returned; the 'out' file is for those that return an Errno.
            if (callback.Kind == CallbackKind.Retrieve && parameter.Role == ParameterRole.File)
                continue;
            if (CreateType(parameter.Role) is not { } type)
                continue;
            if (parameter.Role == ParameterRole.File && callback.Kind is CallbackKind.CanFinish or CallbackKind.Finish && _isNullableEnabled)
                type = generator.NullableTypeExpression(type);
            string name = FindName(parameter.Role);
            // Two callbacks may call different things the same.
            while (!names.Add(name))
                name += "2";
            yield return generator.ParameterDeclaration(name, type, refKind: parameter.RefKinds[0]);
        }
    }

    public SyntaxNode? CreateReturnType(CallbackDefinition callback) => callback.Returns[0] switch
    {
        ReturnConvention.Boolean => generator.TypeExpression(SpecialType.System_Boolean),
        ReturnConvention.Identity => generator.TypeExpression(SpecialType.System_UInt64),
        ReturnConvention.File => CreateType(ParameterRole.File),
        ReturnConvention.FlbObject => CreateType(ParameterRole.FlbObject),
        _ => null,
    };

    public ExpressionSyntax CreateException(string errno, string message) => (ExpressionSyntax)generator.ObjectCreationExpression(
        CreateType(WellKnownTypeNames.ErrnoException),
        generator.MemberAccessExpression(CreateType(WellKnownTypeNames.Errno), errno),
        generator.LiteralExpression(message));

    /// <summary>The type of a role; null when the handler does without it.</summary>
    private SyntaxNode? CreateType(ParameterRole role) => role switch
    {
        ParameterRole.File when handler.FileType is not null => generator.TypeExpression(handler.FileType),
        ParameterRole.File => CreateType(WellKnownTypeNames.LuoFile),
        ParameterRole.State => handler.StateType is null ? null : generator.TypeExpression(handler.StateType),
        ParameterRole.SerializedData => handler.UsesSerializedData && handler.StateType is null
            ? generator.TypeExpression(SpecialType.System_UInt64)
            : null,
        ParameterRole.PrivateData => handler.PrivateDataType is null ? null : generator.TypeExpression(handler.PrivateDataType),
        ParameterRole.FlbObject => handler.FlbObjectType is null ? null : generator.TypeExpression(handler.FlbObjectType),
        // Which file it is that is depended on, only the author knows.
        ParameterRole.OutgoingDependency or ParameterRole.IncomingDependency => null,
        ParameterRole.RetrieveStatus => CreateType(WellKnownTypeNames.RetrieveStatus),
        _ => handler.Callbacks.Any(callback => callback.FindParameter(ParameterRole.Kho) is not null) ? CreateType(WellKnownTypeNames.IKho) : null,
    };

    private SyntaxNode CreateType(string metadataName) =>
        model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault() is { } type
            ? generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation)
            : SyntaxFactory.ParseTypeName("global::" + metadataName);

    /// <summary>The name that the first callback with this role gives it, or a plain one.</summary>
    private string FindName(ParameterRole role)
    {
        if (role == ParameterRole.SerializedData)
            return "serializedData";
        foreach (BoundCallback callback in handler.Callbacks)
        {
            if (callback.FindParameter(role) is { Symbol.Name.Length: > 0 } parameter)
                return parameter.Symbol.Name;
        }
        return role switch
        {
            ParameterRole.File => "file",
            ParameterRole.State => "state",
            ParameterRole.PrivateData => "privateData",
            ParameterRole.FlbObject => "flbObject",
            ParameterRole.RetrieveStatus => "status",
            _ => "kho",
        };
    }
}
