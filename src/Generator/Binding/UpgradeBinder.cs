using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Finds and binds the methods of a handler that have <c>[RetrievesFrom]</c>.</summary>
internal sealed class UpgradeBinder(INamedTypeSymbol handler, string? compatible, ITypeSymbol? stateType, BindingErrorList errors)
{
    // While something else keeps the state from being bound, that is what to report.
    private readonly bool _isStateMissing = stateType is null && errors.IsEmpty;

    /// <summary>Binds the upgrades of a handler.</summary>
    /// <param name="cancellationToken">Stops the work; the code was edited again.</param>
    public ImmutableArray<BoundUpgrade> Bind(CancellationToken cancellationToken)
    {
        var upgrades = ImmutableArray.CreateBuilder<BoundUpgrade>();
        foreach (IMethodSymbol method in handler.GetMembers().OfType<IMethodSymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (method.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute) is not { } attribute)
                continue;
            if (method.MethodKind != MethodKind.Ordinary)
                errors.Add(BindingErrorKind.UpgradeNotMethod, method, handler.Name);
            else if (CompatibleBinder.Bind(method, attribute, errors, cancellationToken) is { } old)
                upgrades.Add(Bind(method, old, CompatibleBinder.FindLocation(attribute, cancellationToken) ?? method.Locations[0], upgrades));
        }
        return upgrades.ToImmutable();
    }

    private BoundUpgrade Bind(IMethodSymbol method, string old, Location location, ImmutableArray<BoundUpgrade>.Builder earlier)
    {
        if (old == compatible)
            errors.AddAt(location, BindingErrorKind.UpgradeFromItself, method, old, handler.Name);
        else if (earlier.FirstOrDefault(upgrade => upgrade.Compatible == old) is { } first)
            errors.AddAt(location, BindingErrorKind.UpgradeRepeated, method, old, method.Name, first.Method.Name);
        if (_isStateMissing)
            errors.Add(BindingErrorKind.UpgradeWithoutState, method, handler.Name, method.Name);
        if (method.IsGenericMethod)
            errors.Add(BindingErrorKind.CallbackGeneric, method, handler.Name, method.Name);
        if (method.IsAsync)
            errors.Add(BindingErrorKind.CallbackAsync, method, handler.Name, method.Name);
        ImmutableArray<BoundParameter> parameters = BindParameters(method);
        ReturnConvention returns = BindReturn(method, parameters);
        ITypeSymbol? oldState = parameters.FirstOrDefault(IsOldState)?.Symbol.Type;
        if (oldState is null && parameters.Length == method.Parameters.Length)
            errors.Add(BindingErrorKind.UpgradeWithoutOldState, method, method.Name, old);
        return new BoundUpgrade(old, location, method, oldState, parameters, returns);
    }

    private ImmutableArray<BoundParameter> BindParameters(IMethodSymbol method)
    {
        var bound = ImmutableArray.CreateBuilder<BoundParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            ITypeSymbol type = parameter.Type;
            bool isKho = type.HasMetadataName(WellKnownTypeNames.IKho);
            bool isState = type.TypeKind == TypeKind.Struct && type.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null;
            bool isNewState = isState && parameter.RefKind == RefKind.Out && (stateType is null || IsSame(type, stateType));
            bool isPassedRight = isKho
                ? parameter.RefKind == RefKind.None
                : isNewState || parameter.RefKind is RefKind.In or RefKind.None or RefKind.RefReadOnlyParameter;
            if (type.IsUnresolved())
                errors.Add(BindingErrorKind.Unresolved, parameter);
            else if (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsRefLikeType: false } && !isState)
                errors.Add(BindingErrorKind.ParameterStructNotPreservedState, parameter, parameter.Name, Display.Type(type), method.Name);
            else if (!isPassedRight || !(isKho || isState) || bound.Any(earlier => earlier.Role == (isKho ? ParameterRole.Kho : ParameterRole.State) && IsOut(earlier) == isNewState))
                errors.Add(BindingErrorKind.UpgradeParameter, parameter, parameter.Name, Display.Type(type), method.Name);
            else if (isState && (!type.IsUnmanagedType || type.IsRefLikeType))
                errors.Add(BindingErrorKind.StateNotUnmanaged, parameter, Display.Type(type), method.Name);
            else
                bound.Add(new BoundParameter(parameter, isKho ? ParameterRole.Kho : ParameterRole.State));
        }
        return bound.ToImmutable();
    }

    private ReturnConvention BindReturn(IMethodSymbol method, ImmutableArray<BoundParameter> parameters)
    {
        bool hasNewState = parameters.Any(IsOut);
        if (method.ReturnType.IsUnresolved())
        {
            errors.Add(BindingErrorKind.Unresolved, method);
            return ReturnConvention.State;
        }
        bool isErrno = method.ReturnType.HasMetadataName(WellKnownTypeNames.Errno);
        bool isState = IsSame(method.ReturnType, stateType);
        // With a parameter that could not be bound, that may well be the new state.
        bool isComplete = parameters.Length == method.Parameters.Length;
        if (method.RefKind != RefKind.None
            || (isErrno && !hasNewState && isComplete)
            || (isState && hasNewState)
            || (!isErrno && !isState && !method.IsAsync && stateType is not null))
            errors.Add(
                BindingErrorKind.UpgradeReturn,
                method,
                method.Name,
                Display.Type(method.ReturnType),
                stateType is null ? "the state" : Display.Type(stateType));
        return isErrno ? ReturnConvention.Errno : ReturnConvention.State;
    }

    private static bool IsOldState(BoundParameter parameter) => parameter.Role == ParameterRole.State && !IsOut(parameter);

    private static bool IsOut(BoundParameter parameter) => parameter.RefKind == RefKind.Out;

    private static bool IsSame(ITypeSymbol first, ITypeSymbol? second) => SymbolEqualityComparer.Default.Equals(first, second);
}
