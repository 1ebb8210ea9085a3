using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Binding;

/// <summary>Decides what a class with <c>[LiveUpdateSession]</c> means, as <see cref="HandlerBinder"/> does for handlers.</summary>
internal static class SessionBinder
{
    // What the generator writes, and how many parameters it has.
    private static readonly (string Name, int Parameters)[] GeneratedMembers = [("Dispose", 0), ("Finish", 0), ("Preserve", 2), ("Retrieve", 2), ("Session", 0)];

    /// <summary>The name of the field that the generator keeps the session in.</summary>
    public const string SessionField = "__session";

    /// <summary>The name of the field that the generator keeps the file of a token in.</summary>
    public static string GetField(ulong token) => $"__token{token}";

    /// <summary>Binds a typed session.</summary>
    /// <param name="session">A type that has the attribute.</param>
    /// <param name="cancellationToken">Stops the work; the code was edited again.</param>
    public static SessionBinding Bind(INamedTypeSymbol session, CancellationToken cancellationToken)
    {
        var errors = new BindingErrorList(session);
        TypeBinder.Check(session, errors, cancellationToken);
        bool canHaveOtherPart = errors.IsEmpty;
        if (session is { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false } && !TypeBinder.IsConstructible(session))
            errors.Add(BindingErrorKind.SessionNotConstructible, session, session.Name);
        for (INamedTypeSymbol? type = session.BaseType; type is not null; type = type.BaseType)
        {
            if (type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is not null)
                errors.Add(BindingErrorKind.SessionDerivesFromSession, session, session.Name, type.Name);
        }
        ImmutableArray<BoundToken> tokens = BindTokens(session, errors, cancellationToken);
        CheckMembers(session, tokens, errors);
        return new SessionBinding(session, tokens, errors.ToImmutable(), canHaveOtherPart);
    }

    private static void CheckMembers(INamedTypeSymbol session, ImmutableArray<BoundToken> tokens, BindingErrorList errors)
    {
        var names = GeneratedMembers.Select(member => member.Name).Append(SessionField).Concat(tokens.Select(token => GetField(token.Token))).Distinct();
        foreach (ISymbol member in names.SelectMany(name => session.GetMembers(name)).Where(IsAuthors))
            errors.Add(BindingErrorKind.SessionMemberTaken, member, session.Name, member.Name);
        foreach (IMethodSymbol method in session.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.ExplicitInterfaceImplementations.Any(implemented => implemented.ContainingType.SpecialType == SpecialType.System_IDisposable))
                errors.Add(BindingErrorKind.SessionMemberTaken, method, session.Name, "Dispose");
        }
        // A base class that is a session is the greater mistake.
        for (INamedTypeSymbol? type = session.BaseType; type is not null && type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is null; type = type.BaseType)
        {
            foreach ((string name, int parameters) in GeneratedMembers)
            {
                if (type.GetMembers(name).Any(member => IsHidden(member, name, parameters)))
                    errors.Add(BindingErrorKind.SessionMemberHidden, session, session.Name, name, type.Name);
            }
        }
    }

    // The part of a partial property that names it is the author's; what is generated is the other one.
    private static bool IsAuthors(ISymbol member) => member is IPropertySymbol { IsPartialDefinition: true } || !TypeBinder.IsGenerated(member);

    // A method hides methods of the same parameters, and all other members of its name; a property hides whatever has its name.
    private static bool IsHidden(ISymbol member, string name, int parameters) =>
        member.DeclaredAccessibility != Accessibility.Private
        && (name == "Session" || member is not IMethodSymbol method || method.Parameters.Length == parameters);

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
