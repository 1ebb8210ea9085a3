using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>
/// Decides what a class with <c>[LiveUpdateFlb]</c> means, as <see cref="HandlerBinder"/> does for handlers.
/// </summary>
internal static class FlbBinder
{
    /// <summary>Binds an FLB class.</summary>
    /// <param name="flb">A type that has the attribute.</param>
    /// <param name="cancellationToken">Stops the work; the code was edited again.</param>
    public static FlbBinding Bind(INamedTypeSymbol flb, CancellationToken cancellationToken)
    {
        var errors = new BindingErrorList(flb);
        TypeBinder.Check(flb, errors, cancellationToken);
        if (flb is { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false } && !TypeBinder.IsPubliclyConstructible(flb))
            errors.Add(BindingErrorKind.FlbNotConstructible, flb, flb.Name);
        string? compatible = CompatibleBinder.Bind(flb, WellKnownTypeNames.LiveUpdateFlbAttribute, errors, cancellationToken);
        ImmutableArray<BoundCallback> callbacks = CallbackSetBinder.Bind(
            flb, FlbCallbackDefinitions.All, BindingErrorKind.FlbCallbackMissing, new FlbRoles(), errors, cancellationToken);
        foreach (IMethodSymbol method in flb.GetMembers().OfType<IMethodSymbol>().Where(method => method.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute) is not null))
            errors.Add(BindingErrorKind.UpgradeOfFlb, method, flb.Name, method.Name);
        var agreement = new CallbackAgreement(flb, callbacks, errors);
        var bound = new BoundFlb(
            flb, compatible, agreement.FlbObjectType, agreement.StateType, agreement.UsesSerializedData, callbacks);
        return new FlbBinding(bound, errors.ToImmutable());
    }
}
