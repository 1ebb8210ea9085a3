using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Binding;

/// <summary>Decides whether a class can be a handler at all, whatever its callbacks.</summary>
internal static class TypeBinder
{
    private const string GeneratorName = "LuoHandlers.Generator";

    public static void Check(INamedTypeSymbol handler, BindingErrorList errors, CancellationToken cancellationToken)
    {
        if (handler.TypeKind != TypeKind.Class)
            errors.Add(BindingErrorKind.NotClass, handler, handler.Name);
        if (handler.IsStatic)
            errors.Add(BindingErrorKind.IsStatic, handler, handler.Name);
        else if (handler.IsAbstract && handler.TypeKind == TypeKind.Class)
            errors.Add(BindingErrorKind.IsAbstract, handler, handler.Name);
        for (INamedTypeSymbol? type = handler; type is not null; type = type.ContainingType)
        {
            if (!IsPartial(type, cancellationToken))
                errors.Add(BindingErrorKind.NotPartial, type, type.Name, handler.Name);
            if (type.Arity > 0)
                errors.Add(BindingErrorKind.IsGeneric, type, type.Name, handler.Name);
            if (type.IsFileLocal)
                errors.Add(BindingErrorKind.IsFileLocal, type, type.Name, handler.Name);
            if (!IsAccessibleInAssembly(type.DeclaredAccessibility))
                errors.Add(BindingErrorKind.NotAccessible, type, type.Name, handler.Name);
        }
        CheckNotImplementedByHand(handler, errors);
    }

    /// <summary>Whether the assembly can make an instance without any argument.</summary>
    public static bool IsConstructible(INamedTypeSymbol handler)
    {
        foreach (IMethodSymbol constructor in handler.InstanceConstructors)
        {
            if (IsAccessibleInAssembly(constructor.DeclaredAccessibility)
                && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams))
                return !HasRequiredMember(handler) || constructor.FindAttribute(WellKnownTypeNames.SetsRequiredMembersAttribute) is not null;
        }
        return false;
    }

    /// <summary>Whether anybody can make an instance without any argument, as a <c>new()</c> constraint wants it.</summary>
    public static bool IsPubliclyConstructible(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(constructor =>
            constructor is { DeclaredAccessibility: Accessibility.Public, Parameters.IsEmpty: true }
            && (!HasRequiredMember(type) || constructor.FindAttribute(WellKnownTypeNames.SetsRequiredMembersAttribute) is not null));

    public static bool IsAccessibleInAssembly(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool HasRequiredMember(INamedTypeSymbol handler)
    {
        for (INamedTypeSymbol? type = handler; type is not null; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }
        return false;
    }

    // An analyzer sees the class with the generated part in it: that part is told by its GeneratedCode attribute.
    private static void CheckNotImplementedByHand(INamedTypeSymbol handler, BindingErrorList errors)
    {
        foreach (ISymbol member in handler.GetMembers())
        {
            bool isExplicit = member switch
            {
                // Asked first: to find what a method implements, its signature must be bound, and most methods are none of ours.
                IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation, AssociatedSymbol: null } method =>
                    method.ExplicitInterfaceImplementations.Any(implemented => IsHandlerInterface(implemented.ContainingType)),
                IPropertySymbol property =>
                    property.ExplicitInterfaceImplementations.Any(implemented => IsHandlerInterface(implemented.ContainingType)),
                _ => false,
            };
            if (isExplicit && !IsGenerated(member))
            {
                errors.Add(BindingErrorKind.ImplementedByHand, member, handler.Name, member.Name);
                return;
            }
        }
    }

    private static bool IsHandlerInterface(INamedTypeSymbol type) =>
        type.HasMetadataName(WellKnownTypeNames.ILiveUpdateFileHandler)
        || type.HasMetadataName(WellKnownTypeNames.IRetrievesOlder)
        || type.HasMetadataName(WellKnownTypeNames.ILiveUpdateFlb);

    /// <summary>Whether this generator wrote the member.</summary>
    public static bool IsGenerated(ISymbol member) =>
        member.FindAttribute(WellKnownTypeNames.GeneratedCodeAttribute) is { ConstructorArguments: { Length: > 0 } arguments }
        && arguments[0].Value is GeneratorName;
}
