using System.Collections.Immutable;
using System.Globalization;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO1005 to LUO1007: what a compatible string that LUO can store should look like.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompatibleStringAnalyzer : CatalogAnalyzer
{
    internal static readonly DiagnosticDescriptor NotPrintable = Rules.CompatibleNotPrintable.CreateDescriptor(
        "\"{0}\" has {1} at position {2}, and LUO compares bytes: a string that only looks the same matches no handler of the next kernel, whose restore then fails as a whole. Use letters, digits and '-'.");

    internal static readonly DiagnosticDescriptor WithoutVersion = Rules.CompatibleWithoutVersion.CreateDescriptor(
        "\"{0}\" does not end in a version, and LUO knows no other: once the state changes, a kernel takes the bytes of the other layout for its own. Name it \"{1}\".");

    internal static readonly DiagnosticDescriptor VersionZero = Rules.InvalidVersion.CreateDescriptor(
        "\"{0}\" has version 0, which reads as 'none yet', but LUO hands over under it like under any other. Begin with \"{1}\".");

    internal static readonly DiagnosticDescriptor LeadingZero = Rules.InvalidVersion.CreateDescriptor(
        "\"{0}\" has zeros before its version, and LUO compares text: \"{1}\" in the next kernel does not match it, and the restore fails as a whole. Name it \"{1}\".");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotPrintable, WithoutVersion, VersionZero, LeadingZero];

    private protected override void Analyze(SymbolAnalysisContext context, CompatibleString compatible, Lazy<CompatibleCatalog> catalog)
    {
        if (FindNotPrintable(compatible.Text) is int index and >= 0)
            Report(NotPrintable, compatible.Text, Describe(compatible.Text, index), index.ToString(CultureInfo.InvariantCulture));
        if (compatible.HasValidVersion || (compatible.Version is null && compatible.IsFlb && MayHaveVersionInState(context.Compilation.BindFlb(compatible.Type, context.CancellationToken).Flb)))
            return;
        DiagnosticDescriptor descriptor = compatible.Version switch
        {
            null => WithoutVersion,
            { } version when version.All(digit => digit == '0') => VersionZero,
            _ => LeadingZero,
        };
        Report(descriptor, compatible.Text, CompatibleString.WithValidVersion(compatible.Text));

        void Report(DiagnosticDescriptor descriptor, params object[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, compatible.Location, arguments));
    }

    // As in Linux's PCI core: then an FLB that is there in another version differs from one that is not there. Behind the raw handle may be anything.
    private static bool MayHaveVersionInState(BoundFlb flb) => flb.StateType is INamedTypeSymbol state
        ? StateLeaf.FindFields(state).FirstOrDefault() is { } first && StateLeaf.FindName(first).TrimStart('_').EndsWith("Version", StringComparison.OrdinalIgnoreCase)
        : flb.UsesSerializedData;

    private static int FindNotPrintable(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] is <= ' ' or > '~')
                return index;
        }
        return -1;
    }

    private static string Describe(string text, int index) =>
        text[index] == ' ' ? "a blank" : $"U+{char.ConvertToUtf32(text, index):X4}";
}
