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
        string? compatible = CompatibleBinder.Bind(handler, errors, cancellationToken);
        ImmutableArray<BoundCallback> callbacks = BindCallbacks(handler, errors, cancellationToken);
        var agreement = new CallbackAgreement(handler, callbacks, errors);
        var bound = new BoundHandler(
            handler,
            compatible,
            agreement.FileType,
            agreement.StateType,
            agreement.UsesSerializedData,
            agreement.PrivateDataType,
            TypeBinder.IsConstructible(handler),
            callbacks);
        return new HandlerBinding(bound, errors.ToImmutable());
    }

    private static ImmutableArray<BoundCallback> BindCallbacks(
        INamedTypeSymbol handler, BindingErrorList errors, CancellationToken cancellationToken)
    {
        var callbacks = ImmutableArray.CreateBuilder<BoundCallback>();
        foreach (CallbackDefinition definition in CallbackDefinitions.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<IMethodSymbol> methods = CallbackFinder.Find(handler, definition.Name);
            if (methods.IsEmpty)
            {
                if (definition.IsRequired)
                    errors.Add(
                        BindingErrorKind.CallbackMissing, handler, definition, handler.Name, definition.Name, definition.KernelName);
                continue;
            }
            for (int i = 1; i < methods.Length; i++)
                errors.Add(BindingErrorKind.CallbackOverloaded, methods[i], definition, handler.Name, definition.Name);
            callbacks.Add(CallbackBinder.Bind(handler, definition, methods[0], errors));
        }
        return callbacks.ToImmutable();
    }
}
