using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Finds the FLBs that a handler depends on, by its <c>[UsesFlb]</c> attributes.</summary>
internal static class UsedFlbBinder
{
    public static ImmutableArray<UsedFlb> Bind(INamedTypeSymbol handler, BindingErrorList errors, CancellationToken cancellationToken)
    {
        var flbs = ImmutableArray.CreateBuilder<UsedFlb>();
        foreach (AttributeData attribute in handler.GetAttributes())
        {
            if (!attribute.AttributeClass.HasMetadataName(WellKnownTypeNames.UsesFlbAttribute))
                continue;
            Location location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? handler.Locations[0];
            ITypeSymbol type = attribute.AttributeClass!.TypeArguments[0];
            if (type.IsUnresolved())
                errors.Add(BindingErrorKind.Unresolved, handler);
            else if (type is not INamedTypeSymbol named || named.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is null)
                errors.AddAt(location, BindingErrorKind.UsedTypeNotFlb, handler, Display.Type(type), handler.Name);
            else if (flbs.Any(flb => SymbolEqualityComparer.Default.Equals(flb.Type, named)))
                errors.AddAt(location, BindingErrorKind.FlbUsedTwice, handler, Display.Type(type), handler.Name);
            else
                flbs.Add(new UsedFlb(named, FindObjectType(named, cancellationToken)));
        }
        return flbs.ToImmutable();
    }

    // An FLB of another assembly tells it by the interface that was generated for it; the callbacks may be private there.
    private static ITypeSymbol? FindObjectType(INamedTypeSymbol flb, CancellationToken cancellationToken)
    {
        INamedTypeSymbol? generated = flb.AllInterfaces.FirstOrDefault(type => type.HasMetadataName(WellKnownTypeNames.ILiveUpdateFlbOfObject));
        if (generated is not null)
            return generated.TypeArguments[0].WithNullableAnnotation(NullableAnnotation.None);
        FlbBinding binding = FlbBinder.Bind(flb, cancellationToken);
        return binding.IsValid ? binding.Flb.ObjectType : null;
    }
}
