using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>Says why the binder rejects an FLB, and what is wrong with the FLBs of an assembly together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlbBindingAnalyzer : DiagnosticAnalyzer
{
    /// <summary>What LUO's one page of FLBs has room for.</summary>
    private const int MaximumCount = 63;

    private static readonly DiagnosticDescriptor TooMany = Rules.TooManyFlbs.CreateDescriptor(
        "'{0}' is FLB {1} of this assembly, but LUO can hand over {2} at a time and refuses to link more (ENOSPC). Keep what belongs together in one FLB.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. BindingErrorDescriptors.All, TooMany];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFlbAttribute).IsEmpty)
                return;
            var flbs = new ConcurrentBag<BoundFlb>();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, flbs), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => AnalyzeAll(end, flbs));
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, ConcurrentBag<BoundFlb> flbs)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is null)
            return;
        FlbBinding binding = context.Compilation.BindFlb(type, context.CancellationToken);
        flbs.Add(binding.Flb);
        BindingErrorReport.Report(context, type, binding.Errors, BindingErrorKind.FlbCallbackMissing);
    }

    private static void AnalyzeAll(CompilationAnalysisContext context, ConcurrentBag<BoundFlb> flbs)
    {
        // In the order of the source, so that the same ones are reported in every run.
        BoundFlb[] all = [.. flbs.OrderBy(flb => FindLocation(flb).SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(flb => FindLocation(flb).SourceSpan.Start)];
        for (int i = MaximumCount; i < all.Length; i++)
            context.ReportDiagnostic(Diagnostic.Create(TooMany, FindLocation(all[i]), all[i].Type.Name, i + 1, MaximumCount.ToString(CultureInfo.InvariantCulture)));
    }

    private static Location FindLocation(BoundFlb flb) => flb.Type.Locations.First(location => location.IsInSource);
}
