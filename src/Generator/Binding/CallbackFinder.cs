using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Finds the methods of a callback's name: those of the class itself, or else of the nearest base class that has any.</summary>
internal static class CallbackFinder
{
    public static ImmutableArray<IMethodSymbol> Find(INamedTypeSymbol handler, string name)
    {
        for (INamedTypeSymbol? type = handler; type is not null; type = type.BaseType)
        {
            ImmutableArray<ISymbol> members = type.GetMembers(name);
            if (members.IsEmpty)
                continue;
            ImmutableArray<IMethodSymbol> methods =
                [.. members.OfType<IMethodSymbol>().Where(method => IsVisibleIn(handler, method))];
            if (!methods.IsEmpty)
                return methods;
        }
        return [];
    }

    private static bool IsVisibleIn(INamedTypeSymbol handler, IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, handler))
            return true;
        bool seesInternals = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, handler.ContainingAssembly)
            || method.ContainingAssembly.GivesAccessTo(handler.ContainingAssembly);
        return method.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
            Accessibility.Internal or Accessibility.ProtectedAndInternal => seesInternals,
            _ => false,
        };
    }
}
