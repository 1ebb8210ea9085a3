using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Finds and binds all callbacks of a class, by a table of them.</summary>
internal static class CallbackSetBinder
{
    public static ImmutableArray<BoundCallback> Bind(
        INamedTypeSymbol type,
        ImmutableArray<CallbackDefinition> definitions,
        BindingErrorKind missing,
        IParameterRoles roles,
        BindingErrorList errors,
        CancellationToken cancellationToken)
    {
        var callbacks = ImmutableArray.CreateBuilder<BoundCallback>();
        foreach (CallbackDefinition definition in definitions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<IMethodSymbol> methods = CallbackFinder.Find(type, definition.Name);
            if (methods.IsEmpty)
            {
                if (definition.IsRequired)
                    errors.Add(missing, type, definition, type.Name, definition.Name, definition.KernelName);
                continue;
            }
            for (int i = 1; i < methods.Length; i++)
                errors.Add(BindingErrorKind.CallbackOverloaded, methods[i], definition, type.Name, definition.Name);
            callbacks.Add(CallbackBinder.Bind(type, definition, methods[0], roles, errors));
        }
        return callbacks.ToImmutable();
    }
}
