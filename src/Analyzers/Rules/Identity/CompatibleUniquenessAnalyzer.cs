using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>
/// LUO1008, LUO1009, LUO3121 and LUO6006: handlers or FLBs whose compatible strings, or those of the older versions that a handler retrieves, are
/// the same, or nearly.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompatibleUniquenessAnalyzer : CatalogAnalyzer
{
    internal static readonly DiagnosticDescriptor Duplicate = Rules.DuplicateCompatible.CreateDescriptor(
        "\"{0}\" of '{1}' is the compatible string of {2} too, and LUO refuses to register the second (EEXIST), so none of its files could be preserved. Give each handler its own.");

    internal static readonly DiagnosticDescriptor DuplicateFlb = Rules.DuplicateFlb.CreateDescriptor(
        "\"{0}\" of '{1}' is the compatible string of {2} too, and LUO refuses to link a second FLB of a string (EEXIST), so no handler that uses both could be registered. Give each FLB its own.");

    internal static readonly DiagnosticDescriptor Ambiguous = Rules.AmbiguousUpgrade.CreateDescriptor(
        "\"{0}\", which '{1}' upgrades from, is retrieved by {2} too, and LUO refuses to register a string twice (EEXIST), so no file of the second handler could be preserved. Let one of them retrieve it.");

    internal static readonly DiagnosticDescriptor Similar = Rules.SimilarCompatible.CreateDescriptor(
        "\"{0}\" differs from \"{1}\" of {2} in case or separators alone; LUO tells them apart, but a slip makes the next kernel use the other or none. Choose names that a reader tells apart.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Duplicate, DuplicateFlb, Ambiguous, Similar];

    private protected override void Analyze(SymbolAnalysisContext context, CompatibleString compatible, Lazy<CompatibleCatalog> catalog)
    {
        foreach (CompatibleString each in CompatibleString.FindAll(compatible.Type, context.Compilation, context.CancellationToken))
            Compare(context, each, catalog.Value);
    }

    private static void Compare(SymbolAnalysisContext context, CompatibleString compatible, CompatibleCatalog catalog)
    {
        IAssemblySymbol own = context.Compilation.Assembly;
        var same = catalog.FindSame(compatible);
        if (!same.IsEmpty)
            Report(compatible.IsFlb ? DuplicateFlb : compatible.IsOlder ? Ambiguous : Duplicate, same, compatible.Text, compatible.Type.Name, same[0].Describe(own));
        var similar = catalog.FindSimilar(compatible);
        if (!similar.IsEmpty)
            Report(Similar, similar, compatible.Text, similar[0].Text, similar[0].Describe(own));

        // A place in another assembly's source can be named, but not pointed at.
        void Report(DiagnosticDescriptor descriptor, ImmutableArray<CatalogEntry> others, params object[] arguments) => context.ReportDiagnostic(Diagnostic.Create(
            descriptor, compatible.Location, others.Where(other => other.IsOf(own)).Select(other => other.Location), arguments));
    }
}
