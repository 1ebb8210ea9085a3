using System.Text.RegularExpressions;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>The compatible string of a handler, one that LUO can store, and where it is written.</summary>
internal sealed class CompatibleString
{
    private static readonly Regex VersionSuffix = new(@"-v([0-9]+)\z", RegexOptions.CultureInvariant);
    private static readonly Regex OtherVersionSuffix = new(@"(?<=.)[-_./:@][vV]([0-9]+)\z", RegexOptions.CultureInvariant);

    private CompatibleString(INamedTypeSymbol handler, string text, SyntaxNode? expression)
        : this(handler, text, expression?.GetLocation() ?? handler.Locations.FirstOrDefault(each => each.IsInSource) ?? Location.None)
    {
        Expression = expression;
    }

    private CompatibleString(INamedTypeSymbol handler, string text, Location location)
    {
        Handler = handler;
        Text = text;
        Location = location;
        Version = VersionSuffix.Match(text) is { Success: true } match ? match.Groups[1].Value : null;
    }

    public INamedTypeSymbol Handler { get; }

    public string Text { get; }

    /// <summary>The attribute's argument; null if it is not in source.</summary>
    public SyntaxNode? Expression { get; }

    /// <summary>Whether it is the string of an older version, which the handler retrieves only.</summary>
    public bool IsOlder { get; private init; }

    public Location Location { get; }

    /// <summary>The digits after <c>-v</c> at the end; null if there are none.</summary>
    public string? Version { get; }

    /// <summary>Whether the version is a number as it is counted: from 1, written in one way.</summary>
    public bool HasValidVersion => Version is { } version && version[0] != '0';

    /// <summary>The string of a handler; null if the binder rejects it, which says why.</summary>
    public static CompatibleString? Find(INamedTypeSymbol handler, CancellationToken cancellationToken)
    {
        var errors = new BindingErrorList(handler);
        return CompatibleBinder.Bind(handler, WellKnownTypeNames.LiveUpdateFileHandlerAttribute, errors, cancellationToken) is { } text && errors.ToImmutable().IsEmpty
            ? new CompatibleString(handler, text, CompatibleBinder.FindExpression(handler, cancellationToken))
            : null;
    }

    /// <summary>The string of a handler and those of the older versions that it retrieves, without what the binder rejects.</summary>
    public static IEnumerable<CompatibleString> FindAll(INamedTypeSymbol handler, CancellationToken cancellationToken)
    {
        if (Find(handler, cancellationToken) is not { } own)
            yield break;
        yield return own;
        foreach (var same in HandlerBinder.Bind(handler, cancellationToken).Handler.Upgrades.GroupBy(upgrade => upgrade.Compatible, StringComparer.Ordinal))
        {
            if (same.Key != own.Text)
                yield return new CompatibleString(handler, same.Key, same.First().Location) { IsOlder = true };
        }
    }

    /// <summary>The string with a version that is right: <c>disk</c> and <c>disk_v1</c> become <c>disk-v1</c>, <c>disk-v02</c> becomes <c>disk-v2</c>.</summary>
    public static string WithValidVersion(string text)
    {
        Match match = VersionSuffix.Match(text);
        if (!match.Success)
            match = OtherVersionSuffix.Match(text);
        string stem = match.Success ? text.Substring(0, match.Index) : text;
        string version = match.Success ? match.Groups[1].Value.TrimStart('0') : "";
        return $"{stem}-v{(version.Length == 0 ? "1" : version)}";
    }
}
