using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO1008, LUO1009 and LUO3121: handlers whose compatible strings, or those of the older versions that they retrieve, are the same, or nearly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompatibleUniquenessAnalyzer : CatalogAnalyzer
{
    internal static readonly DiagnosticDescriptor Duplicate = Rules.DuplicateCompatible.CreateDescriptor(
        "\"{0}\" of '{1}' is the compatible string of '{2}' too, and LUO refuses to register the second (EEXIST), so none of its files could be preserved. Give each handler its own.");

    internal static readonly DiagnosticDescriptor DuplicateOfReference = Rules.DuplicateCompatible.CreateDescriptor(
        "\"{0}\" of '{1}' is the compatible string of a handler in assembly '{2}' too, and LUO refuses to register the second (EEXIST), so no file of '{1}' could be preserved. Give '{1}' its own.");

    internal static readonly DiagnosticDescriptor Ambiguous = Rules.AmbiguousUpgrade.CreateDescriptor(
        "\"{0}\", which '{1}' upgrades from, is retrieved by '{2}' too, and LUO refuses to register a string twice (EEXIST), so no file of the second handler could be preserved. Let one of them retrieve it.");

    internal static readonly DiagnosticDescriptor AmbiguousInReference = Rules.AmbiguousUpgrade.CreateDescriptor(
        "\"{0}\", which '{1}' upgrades from, is retrieved by a handler in assembly '{2}' too, and LUO refuses to register a string twice (EEXIST), so no file of '{1}' could be preserved. Remove this upgrade, or that handler.");

    internal static readonly DiagnosticDescriptor Similar = Rules.SimilarCompatible.CreateDescriptor(
        "\"{0}\" differs from \"{1}\" of '{2}' in case or separators alone; LUO tells them apart, but a slip makes the next kernel use the other handler or none. Choose names that a reader tells apart.");

    internal static readonly DiagnosticDescriptor SimilarToReference = Rules.SimilarCompatible.CreateDescriptor(
        "\"{0}\" differs from \"{1}\" in assembly '{2}' in case or separators alone; LUO tells them apart, but a slip makes the next kernel use the other handler or none. Choose names that a reader tells apart.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Duplicate, DuplicateOfReference, Ambiguous, AmbiguousInReference, Similar, SimilarToReference];

    private protected override void AnalyzeHandler(SymbolAnalysisContext context, INamedTypeSymbol handler, HandlerCatalog catalog)
    {
        foreach (CompatibleString compatible in CompatibleString.FindAll(handler, context.CancellationToken))
            Analyze(context, handler, compatible, catalog);
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol handler, CompatibleString compatible, HandlerCatalog catalog)
    {
        var same = catalog.FindSame(compatible);
        if (!same.IsEmpty)
            Report(compatible.IsOlder ? Ambiguous : Duplicate, same.Select(other => other.Location), compatible.Text, handler.Name, same[0].Handler.ToDisplayString());
        foreach (string assembly in catalog.FindSameInReferences(compatible))
            Report(compatible.IsOlder ? AmbiguousInReference : DuplicateOfReference, [], compatible.Text, handler.Name, assembly);
        var similar = catalog.FindSimilar(compatible);
        if (!similar.IsEmpty)
            Report(Similar, similar.Select(other => other.Location), compatible.Text, similar[0].Text, similar[0].Handler.ToDisplayString());
        foreach ((string text, string assembly) in catalog.FindSimilarInReferences(compatible))
            Report(SimilarToReference, [], compatible.Text, text, assembly);

        void Report(DiagnosticDescriptor descriptor, IEnumerable<Location> others, params object[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, compatible.Location, others, arguments));
    }
}
