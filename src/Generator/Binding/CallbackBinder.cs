using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Binds one method to one callback, without regard to the other callbacks.</summary>
internal static class CallbackBinder
{
    public const string SerializedDataName = "serializedData";

    public static BoundCallback Bind(INamedTypeSymbol handler, CallbackDefinition definition, IMethodSymbol method, IParameterRoles roles, BindingErrorList errors)
    {
        if (method.IsGenericMethod)
            errors.Add(BindingErrorKind.CallbackGeneric, method, definition, handler.Name, definition.Name);
        if (method.IsAsync)
            errors.Add(BindingErrorKind.CallbackAsync, method, definition, handler.Name, definition.Name);
        ReturnConvention returns = BindReturn(handler, definition, method, errors);
        var parameters = ImmutableArray.CreateBuilder<BoundParameter>(method.Parameters.Length);
        foreach (IParameterSymbol parameter in method.Parameters)
            BindParameter(definition, parameter, parameters, roles, errors);
        var callback = new BoundCallback(definition, method, parameters.ToImmutable(), returns);
        if (definition.Kind == CallbackKind.Retrieve && definition.Returns.Contains(ReturnConvention.File))
            CheckRetrievedFile(handler, callback, errors);
        return callback;
    }

    private static ReturnConvention BindReturn(
        INamedTypeSymbol handler, CallbackDefinition definition, IMethodSymbol method, BindingErrorList errors)
    {
        ITypeSymbol type = method.ReturnType;
        if (type.IsUnresolved())
        {
            errors.Add(BindingErrorKind.Unresolved, method, definition);
            return definition.Returns[0];
        }
        ReturnConvention? found = type switch
        {
            { SpecialType: SpecialType.System_Void } => ReturnConvention.Void,
            { SpecialType: SpecialType.System_Boolean } => ReturnConvention.Boolean,
            { SpecialType: SpecialType.System_UInt64 } => ReturnConvention.Identity,
            _ when type.HasMetadataName(WellKnownTypeNames.Errno) => ReturnConvention.Errno,
            _ when definition.Returns.Contains(ReturnConvention.FlbObject) && type.TypeKind == TypeKind.Class => ReturnConvention.FlbObject,
            _ when type.IsOrDerivesFrom(WellKnownTypeNames.LuoFile) => ReturnConvention.File,
            _ => null,
        };
        if (found is ReturnConvention returns && definition.Returns.Contains(returns) && method.RefKind == RefKind.None)
        {
            if (returns == ReturnConvention.FlbObject && type.HasDynamic())
                errors.Add(BindingErrorKind.FlbObjectDynamic, method, definition, handler.Name, definition.Name, Display.Type(type));
            return returns;
        }
        // An async method is reported as such: its task is no second mistake.
        if (!method.IsAsync)
            errors.Add(
                BindingErrorKind.CallbackReturnType,
                method,
                definition,
                handler.Name,
                definition.Name,
                Display.Type(type),
                Display.Returns(definition));
        return definition.Returns[0];
    }

    private static void BindParameter(
        CallbackDefinition callback,
        IParameterSymbol parameter,
        ImmutableArray<BoundParameter>.Builder bound,
        IParameterRoles roles,
        BindingErrorList errors)
    {
        ITypeSymbol type = parameter.Type;
        if (type.IsUnresolved())
        {
            errors.Add(BindingErrorKind.Unresolved, parameter, callback);
            return;
        }
        if (FindRole(parameter, roles) is not ParameterRole role)
        {
            AddUnknown(callback, parameter, errors);
            return;
        }
        if (callback.FindParameter(role) is not ParameterDefinition definition)
        {
            errors.Add(
                BindingErrorKind.ParameterNotOffered,
                parameter,
                callback,
                parameter.Name,
                Display.Type(type),
                callback.Name,
                Display.Role(role),
                Display.Parameters(callback));
            return;
        }
        ImmutableArray<UsedFlb> flbs = role == ParameterRole.FlbObject ? roles.FindFlbs(type) : [];
        if (flbs.Length > 1)
        {
            errors.Add(
                BindingErrorKind.ParameterFlbAmbiguous,
                parameter,
                callback,
                parameter.Name,
                Display.Type(type),
                callback.Name,
                Display.Type(flbs[0].Type),
                Display.Type(flbs[1].Type));
            return;
        }
        UsedFlb? flb = flbs.FirstOrDefault();
        if (FindDependency(type) is { } fileType && !roles.DependsOn(fileType))
        {
            errors.Add(
                BindingErrorKind.DependencyNotDeclared, parameter, callback, parameter.Name, Display.Type(fileType), callback.Name, parameter.ContainingSymbol.ContainingType.Name);
            return;
        }
        if (FindBound(bound, role, flb, type) is BoundParameter first)
        {
            errors.Add(
                BindingErrorKind.ParameterDuplicate,
                parameter,
                callback,
                parameter.Name,
                first.Symbol.Name,
                callback.Name,
                Display.Role(role));
            return;
        }
        bound.Add(new BoundParameter(parameter, role, flb));
        if (!definition.RefKinds.Contains(parameter.RefKind))
            errors.Add(
                BindingErrorKind.ParameterRefKind,
                parameter,
                callback,
                parameter.Name,
                callback.Name,
                Display.Passing(parameter.RefKind),
                Display.Passing(definition));
        if (role == ParameterRole.State && (!type.IsUnmanagedType || type.IsRefLikeType))
            errors.Add(BindingErrorKind.StateNotUnmanaged, parameter, callback, Display.Type(type), callback.Name);
        if (role == ParameterRole.File
            && callback.Kind is CallbackKind.CanFinish or CallbackKind.Finish
            && parameter.NullableAnnotation == NullableAnnotation.NotAnnotated)
            errors.Add(BindingErrorKind.FileNotNullable, parameter, callback, parameter.Name, Display.Type(type), callback.Name);
    }

    private static BoundParameter? FindBound(ImmutableArray<BoundParameter>.Builder bound, ParameterRole role, UsedFlb? flb, ITypeSymbol type)
    {
        foreach (BoundParameter parameter in bound)
        {
            if (parameter.Role == role && parameter.Flb == flb && (FindDependency(type) is null || SymbolEqualityComparer.Default.Equals(parameter.Symbol.Type, type)))
                return parameter;
        }
        return null;
    }

    private static ParameterRole? FindRole(IParameterSymbol parameter, IParameterRoles roles)
    {
        ITypeSymbol type = parameter.Type;
        if (type.SpecialType == SpecialType.System_UInt64)
            return parameter.Name == SerializedDataName ? ParameterRole.SerializedData : null;
        if (type.HasMetadataName(WellKnownTypeNames.IKho))
            return ParameterRole.Kho;
        if (type.HasMetadataName(WellKnownTypeNames.RetrieveStatus))
            return ParameterRole.RetrieveStatus;
        if (FindDependency(type) is not null)
            return type.HasMetadataName(WellKnownTypeNames.OutgoingDependency) ? ParameterRole.OutgoingDependency : ParameterRole.IncomingDependency;
        if (type.TypeKind == TypeKind.Struct && type.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null)
            return ParameterRole.State;
        return type.TypeKind == TypeKind.Class ? roles.FindClassRole(type) : null;
    }

    /// <summary>The type of the files that a parameter of this type gives access to; null for all others.</summary>
    private static ITypeSymbol? FindDependency(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsRefLikeType: true, TypeArguments: { Length: 1 } arguments }
        && (type.HasMetadataName(WellKnownTypeNames.OutgoingDependency) || type.HasMetadataName(WellKnownTypeNames.IncomingDependency))
            ? arguments[0]
            : null;

    private static void AddUnknown(CallbackDefinition callback, IParameterSymbol parameter, BindingErrorList errors)
    {
        ITypeSymbol type = parameter.Type;
        if (type.HasMetadataName(WellKnownTypeNames.CancellationToken))
            errors.Add(BindingErrorKind.ParameterCancellationToken, parameter, callback, parameter.Name, callback.Name);
        else if (type.SpecialType == SpecialType.System_UInt64)
            errors.Add(BindingErrorKind.ParameterNotNamedSerializedData, parameter, callback, parameter.Name, callback.Name);
        else if (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsRefLikeType: false }
            && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
            errors.Add(
                BindingErrorKind.ParameterStructNotPreservedState,
                parameter,
                callback,
                parameter.Name,
                Display.Type(type),
                callback.Name);
        else
            errors.Add(
                BindingErrorKind.ParameterType,
                parameter,
                callback,
                parameter.Name,
                Display.Type(type),
                callback.Name,
                Display.Parameters(callback));
    }

    private static void CheckRetrievedFile(INamedTypeSymbol handler, BoundCallback callback, BindingErrorList errors)
    {
        BoundParameter? file = callback.FindParameter(ParameterRole.File);
        if (callback.Returns == ReturnConvention.Errno && file is null)
            errors.Add(BindingErrorKind.RetrieveWithoutFile, callback.Method, callback.Definition, handler.Name);
        if (callback.Returns == ReturnConvention.File && file is { RefKind: RefKind.Out } && !callback.Method.ReturnType.IsUnresolved())
            errors.Add(BindingErrorKind.RetrieveFileTwice, file.Symbol, callback.Definition, file.Symbol.Name, handler.Name);
    }
}
