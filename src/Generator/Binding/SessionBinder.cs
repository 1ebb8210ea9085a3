using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Binding;

/// <summary>Decides what a class with <c>[LiveUpdateSession]</c> means, as <see cref="HandlerBinder"/> does for handlers.</summary>
internal static class SessionBinder
{
    private static readonly string[] GeneratedMembers = ["Dispose", "Finish", "Preserve", "Retrieve", "Session"];

    /// <summary>Binds a typed session.</summary>
    /// <param name="session">A type that has the attribute.</param>
    /// <param name="cancellationToken">Stops the work; the code was edited again.</param>
    public static SessionBinding Bind(INamedTypeSymbol session, CancellationToken cancellationToken)
    {
        var errors = new BindingErrorList(session);
        TypeBinder.Check(session, errors, cancellationToken);
        if (session is { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false } && !TypeBinder.IsConstructible(session))
            errors.Add(BindingErrorKind.SessionNotConstructible, session, session.Name);
        for (INamedTypeSymbol? type = session.BaseType; type is not null; type = type.BaseType)
        {
            if (type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is not null)
                errors.Add(BindingErrorKind.SessionDerivesFromSession, session, session.Name, type.Name);
        }
        foreach (ISymbol member in GeneratedMembers.SelectMany(name => session.GetMembers(name)).Where(member => !TypeBinder.IsGenerated(member)))
            errors.Add(BindingErrorKind.SessionMemberTaken, member, session.Name, member.Name);
        return new SessionBinding(session, BindTokens(session, errors, cancellationToken), errors.ToImmutable());
    }

    private static ImmutableArray<BoundToken> BindTokens(INamedTypeSymbol session, BindingErrorList errors, CancellationToken cancellationToken)
    {
        var tokens = ImmutableArray.CreateBuilder<BoundToken>();
        foreach (IPropertySymbol property in session.GetMembers().OfType<IPropertySymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (property.FindAttribute(WellKnownTypeNames.TokenAttribute) is not { } attribute)
                continue;
            Check(session, property, errors);
            if (attribute is not { ConstructorArguments: { Length: 1 } arguments } || arguments[0].Value is not ulong token)
            {
                errors.Add(BindingErrorKind.Unresolved, property);
                continue;
            }
            if (tokens.FirstOrDefault(earlier => earlier.Token == token) is { } first)
            {
                Location? location = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.GetLocation();
                errors.AddAt(
                    location ?? property.Locations[0], BindingErrorKind.TokenDuplicate, property, property.Name, token.ToString(), first.Property.Name, session.Name);
            }
            tokens.Add(new BoundToken(property, token));
        }
        return tokens.ToImmutable();
    }

    private static void Check(INamedTypeSymbol session, IPropertySymbol property, BindingErrorList errors)
    {
        // An indexer can't be partial and take a token: it has no one file.
        if (!property.IsPartialDefinition || property.IsIndexer || (property.PartialImplementationPart is not null && !TypeBinder.IsGenerated(property)))
            errors.Add(BindingErrorKind.TokenPropertyNotPartial, property, property.Name, session.Name);
        if (property.IsStatic)
            errors.Add(BindingErrorKind.TokenPropertyStatic, property, property.Name);
        if (property.GetMethod is null || property.SetMethod is null)
            errors.Add(BindingErrorKind.TokenPropertyAccessor, property, property.Name, property.GetMethod is null ? "getter" : "setter");
        if (property.Type.IsUnresolved())
            errors.Add(BindingErrorKind.Unresolved, property);
        else if (property.RefKind != RefKind.None || !property.Type.IsOrDerivesFrom(WellKnownTypeNames.LuoFile))
            errors.Add(BindingErrorKind.TokenPropertyType, property, property.Name, Display.Type(property.Type));
    }
}
