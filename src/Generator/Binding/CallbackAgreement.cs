using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>
/// What the callbacks of a handler must agree on: one file type, one state type or the raw handle, one class of private data, and that
/// preserve writes what the others read.
/// </summary>
internal sealed class CallbackAgreement
{
    private readonly INamedTypeSymbol _handler;
    private readonly ImmutableArray<BoundCallback> _callbacks;
    private readonly BindingErrorList _errors;

    public CallbackAgreement(INamedTypeSymbol handler, ImmutableArray<BoundCallback> callbacks, BindingErrorList errors)
    {
        _handler = handler;
        _callbacks = callbacks;
        _errors = errors;
        FileType = AgreeOnType(ParameterRole.File);
        StateType = AgreeOnType(ParameterRole.State);
        PrivateDataType = AgreeOnType(ParameterRole.PrivateData);
        // A handler may use several FLBs; which parameter is whose object is decided by their types already.
        if (callbacks.Any(callback => callback.Returns == ReturnConvention.FlbObject))
            FlbObjectType = AgreeOnType(ParameterRole.FlbObject);
        UsesSerializedData = AgreeOnHandle();
        CheckPreserved(ParameterRole.State);
        CheckPreserved(ParameterRole.SerializedData);
        CheckPreserved(ParameterRole.PrivateData);
    }

    public ITypeSymbol? FileType { get; }

    public ITypeSymbol? StateType { get; }

    public ITypeSymbol? PrivateDataType { get; }

    /// <summary>The class of an FLB's own object.</summary>
    public ITypeSymbol? FlbObjectType { get; }

    public bool UsesSerializedData { get; }

    private ITypeSymbol? AgreeOnType(ParameterRole role)
    {
        ITypeSymbol? agreed = null;
        BoundCallback? first = null;
        foreach (BoundCallback callback in _callbacks)
        {
            BoundParameter? parameter = callback.FindParameter(role);
            if (parameter is not null)
                Compare(callback, parameter.Symbol.Type, parameter.Symbol, parameter.Symbol.Name);
            if (role == ParameterRole.File
                && callback.Returns == ReturnConvention.File
                && callback.Method.ReturnType.IsOrDerivesFrom(WellKnownTypeNames.LuoFile))
                Compare(callback, callback.Method.ReturnType, callback.Method, "return value");
            // What else it returns is reported as such.
            if (role == ParameterRole.FlbObject
                && callback.Returns == ReturnConvention.FlbObject
                && callback.Method.ReturnType.TypeKind == TypeKind.Class)
                Compare(callback, callback.Method.ReturnType, callback.Method, "return value");
        }
        return agreed;

        void Compare(BoundCallback callback, ITypeSymbol type, ISymbol symbol, string name)
        {
            if (agreed is null)
            {
                agreed = type.WithNullableAnnotation(NullableAnnotation.None);
                first = callback;
            }
            else if (!IsSame(agreed, type.WithNullableAnnotation(NullableAnnotation.None)))
            {
                _errors.Add(
                    BindingErrorKind.ParameterTypeDiffers,
                    symbol,
                    callback.Definition,
                    name,
                    Display.Type(type.WithNullableAnnotation(NullableAnnotation.None)),
                    callback.Definition.Name,
                    Display.Type(agreed),
                    first!.Definition.Name,
                    Display.Role(role));
            }
        }
    }

    // Type arguments may differ in nullability alone; the text tells, and takes code without nullability as it is. Texts are dear: most types
    // have no arguments.
    private static bool IsSame(ITypeSymbol first, ITypeSymbol second) =>
        SymbolEqualityComparer.Default.Equals(first, second)
        && (first is INamedTypeSymbol { IsGenericType: false } || Display.Type(first) == Display.Type(second));

    private bool AgreeOnHandle()
    {
        bool usesSerializedData = false;
        foreach (BoundCallback callback in _callbacks)
        {
            if (callback.FindParameter(ParameterRole.SerializedData) is not BoundParameter handle)
                continue;
            usesSerializedData = true;
            if (StateType is not null)
                _errors.Add(
                    BindingErrorKind.StateWithSerializedData,
                    handle.Symbol,
                    callback.Definition,
                    _handler.Name,
                    handle.Symbol.Name,
                    callback.Definition.Name,
                    Display.Type(StateType));
        }
        return usesSerializedData;
    }

    private void CheckPreserved(ParameterRole role)
    {
        // A missing preserve is reported as such; one with another mistake in it may well be meant to write it.
        BoundCallback? preserve = _callbacks.FirstOrDefault(callback => callback.Kind == CallbackKind.Preserve);
        if (preserve is null
            || preserve.FindParameter(role) is not null
            || preserve.Parameters.Length != preserve.Method.Parameters.Length
            || (StateType is not null && UsesSerializedData))
            return;
        foreach (BoundCallback callback in _callbacks)
        {
            if (callback.FindParameter(role) is BoundParameter parameter)
                _errors.Add(
                    BindingErrorKind.NotPreserved,
                    parameter.Symbol,
                    callback.Definition,
                    parameter.Symbol.Name,
                    Display.Type(parameter.Symbol.Type),
                    callback.Definition.Name,
                    Display.Role(role));
        }
    }
}
