using System.Text.RegularExpressions;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>The compatible string of a handler or an FLB, one that LUO can store, and where it is written.</summary>
internal sealed class CompatibleString
{
    private static readonly Regex VersionSuffix = new(@"-v([0-9]+)\z", RegexOptions.CultureInvariant);
    private static readonly Regex OtherVersionSuffix = new(@"(?<=.)[-_./:@][vV]([0-9]+)\z", RegexOptions.CultureInvariant);

    private CompatibleString(INamedTypeSymbol type, bool isFlb, string text, Location? location)
    {
        Type = type;
        IsFlb = isFlb;
        Text = text;
        Location = location ?? type.Locations.FirstOrDefault(each => each.IsInSource) ?? Location.None;
        Version = VersionSuffix.Match(text) is { Success: true } match ? match.Groups[1].Value : null;
    }

    /// <summary>The handler or the FLB.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>LUO looks for FLBs apart from handlers: one of each may have the same string.</summary>
    public bool IsFlb { get; }

    public string Text { get; }

    /// <summary>Whether it is the string of an older version, which the handler retrieves only.</summary>
    public bool IsOlder { get; private init; }

    public Location Location { get; }

    /// <summary>The digits after <c>-v</c> at the end; null if there are none.</summary>
    public string? Version { get; }

    /// <summary>Whether the version is a number as it is counted: from 1, written in one way.</summary>
    public bool HasValidVersion => Version is { } version && version[0] != '0';

    /// <summary>The string of a handler or an FLB; null for any other type, and if the binder rejects it, which says why.</summary>
    public static CompatibleString? Find(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        bool isFlb = false;
        string attributeName = WellKnownTypeNames.LiveUpdateFileHandlerAttribute;
        if (type.FindAttribute(attributeName) is not { } attribute)
        {
            isFlb = true;
            attributeName = WellKnownTypeNames.LiveUpdateFlbAttribute;
            if (type.FindAttribute(attributeName) is not { } flbAttribute)
                return null;
            attribute = flbAttribute;
        }
        var errors = new BindingErrorList(type);
        return CompatibleBinder.Bind(type, attributeName, errors, cancellationToken) is { } text && errors.ToImmutable().IsEmpty
            ? new CompatibleString(type, isFlb, text, CompatibleBinder.FindLocation(attribute, cancellationToken))
            : null;
    }

    /// <summary>The string of a handler or an FLB, and those of the older versions that a handler retrieves, without what the binder rejects.</summary>
    public static IEnumerable<CompatibleString> FindAll(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Find(type, cancellationToken) is not { } own)
            yield break;
        yield return own;
        if (own.IsFlb)
            yield break;
        foreach (var same in compilation.BindHandler(type, cancellationToken).Handler.Upgrades.GroupBy(upgrade => upgrade.Compatible, StringComparer.Ordinal))
        {
            if (same.Key != own.Text)
                yield return new CompatibleString(type, isFlb: false, same.Key, same.First().Location) { IsOlder = true };
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
