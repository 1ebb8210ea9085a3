using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>
/// Decides what a class with <c>[LiveUpdateFileHandler]</c> means. The generator, the analyzers and the fixes all ask it, so that they agree.
/// Code that is broken or half typed gives errors, never an exception.
/// </summary>
internal static class HandlerBinder
{
    /// <summary>Binds a handler class.</summary>
    /// <param name="handler">A type that has the attribute.</param>
    /// <param name="cancellationToken">Stops the work; the code was edited again.</param>
    public static HandlerBinding Bind(INamedTypeSymbol handler, CancellationToken cancellationToken)
    {
        var errors = new BindingErrorList(handler);
        TypeBinder.Check(handler, errors, cancellationToken);
        string? compatible = CompatibleBinder.Bind(handler, WellKnownTypeNames.LiveUpdateFileHandlerAttribute, errors, cancellationToken);
        ImmutableArray<UsedFlb> flbs = UsedFlbBinder.Bind(handler, errors, cancellationToken);
        ImmutableArray<BoundDependency> dependencies = DependencyBinder.Bind(handler, errors, cancellationToken);
        ImmutableArray<BoundCallback> callbacks = CallbackSetBinder.Bind(
            handler, CallbackDefinitions.All, BindingErrorKind.CallbackMissing, new HandlerRoles(flbs, dependencies), errors, cancellationToken);
        DependencyBinder.Check(handler, dependencies, callbacks, errors);
        var agreement = new CallbackAgreement(handler, callbacks, errors);
        ImmutableArray<BoundUpgrade> upgrades = new UpgradeBinder(handler, compatible, agreement.StateType, errors).Bind(cancellationToken);
        var bound = new BoundHandler(
            handler,
            compatible,
            agreement.FileType,
            agreement.StateType,
            agreement.UsesSerializedData,
            agreement.PrivateDataType,
            TypeBinder.IsConstructible(handler),
            flbs,
            dependencies,
            callbacks,
            upgrades);
        return new HandlerBinding(bound, errors.ToImmutable());
    }
}
