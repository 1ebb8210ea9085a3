using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Finds the files that those of a handler depend on, by its <c>[DependsOn]</c> attributes.</summary>
internal static class DependencyBinder
{
    public static ImmutableArray<BoundDependency> Bind(INamedTypeSymbol handler, BindingErrorList errors, CancellationToken cancellationToken)
    {
        var dependencies = ImmutableArray.CreateBuilder<BoundDependency>();
        foreach (AttributeData attribute in handler.GetAttributes())
        {
            if (!attribute.AttributeClass.HasMetadataName(WellKnownTypeNames.DependsOnAttribute))
                continue;
            Location location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? handler.Locations[0];
            ITypeSymbol type = attribute.AttributeClass!.TypeArguments[0];
            if (type.IsUnresolved())
                errors.Add(BindingErrorKind.Unresolved, handler);
            else if (!type.IsOrDerivesFrom(WellKnownTypeNames.LuoFile))
                errors.AddAt(location, BindingErrorKind.DependencyNotFile, handler, Display.Type(type), handler.Name);
            else if (dependencies.Any(dependency => SymbolEqualityComparer.Default.Equals(dependency.FileType, type)))
                errors.AddAt(location, BindingErrorKind.DependencyRepeated, handler, Display.Type(type), handler.Name);
            else
                dependencies.Add(new BoundDependency(type, location));
        }
        return dependencies.ToImmutable();
    }

    /// <summary>Checks that Preserve can ask for the tokens of all that is depended on: nobody else can tell whether it is there.</summary>
    public static void Check(
        INamedTypeSymbol handler, ImmutableArray<BoundDependency> dependencies, ImmutableArray<BoundCallback> callbacks, BindingErrorList errors)
    {
        // A missing preserve is reported as such, and one with another mistake in it may well be meant to take it.
        if (dependencies.IsEmpty
            || callbacks.FirstOrDefault(callback => callback.Kind == CallbackKind.Preserve) is not { } preserve
            || preserve.Parameters.Length != preserve.Method.Parameters.Length)
        {
            return;
        }
        foreach (BoundDependency dependency in dependencies)
        {
            if (!preserve.Parameters.Any(parameter => parameter.Role == ParameterRole.OutgoingDependency
                && SymbolEqualityComparer.Default.Equals(((INamedTypeSymbol)parameter.Symbol.Type).TypeArguments[0], dependency.FileType)))
            {
                errors.AddAt(dependency.Location, BindingErrorKind.DependencyNotTaken, handler, Display.Type(dependency.FileType), handler.Name);
            }
        }
    }
}
