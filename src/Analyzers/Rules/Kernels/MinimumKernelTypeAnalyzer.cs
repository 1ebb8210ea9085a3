using System.Collections.Immutable;
using System.Globalization;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Kernels;

/// <summary>Says where an FLB or a typed session is more than the oldest kernel that it is for has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MinimumKernelTypeAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor FlbMissing = Rules.FlbsMissing.CreateDescriptor(
        "Linux {0} has no FLBs, so that '{1}' can't be linked to any handler (EOPNOTSUPP). Keep what the files share in each of them, or set LuoMinimumKernel to {2}.");

    private static readonly DiagnosticDescriptor TooManyFiles = Rules.TooManyFiles.CreateDescriptor(
        "'{0}' is file {1} of the session '{2}', but Linux {3} takes {4} in a session and refuses to preserve more (ENOSPC). Split the session, or set LuoMinimumKernel to {5}.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [FlbMissing, TooManyFiles];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            MinimumKernel minimum = MinimumKernel.Read(start.Options, out _);
            if (minimum.IsBefore(MinimumKernel.FirstWithFlbs))
                start.RegisterSymbolAction(symbol => AnalyzeFlb(symbol, minimum), SymbolKind.NamedType);
            if (minimum.IsBefore(MinimumKernel.FirstWithoutLimits))
                start.RegisterSymbolAction(symbol => AnalyzeSession(symbol, minimum), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeFlb(SymbolAnalysisContext context, MinimumKernel minimum)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null && context.Compilation.BindFlb(type, context.CancellationToken).IsValid)
            context.ReportDiagnostic(Diagnostic.Create(FlbMissing, type.Locations[0], minimum.Name, type.Name, MinimumKernel.FirstWithFlbs));
    }

    private static void AnalyzeSession(SymbolAnalysisContext context, MinimumKernel minimum)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is null)
            return;
        SessionBinding session = SessionBinder.Bind(type, context.CancellationToken);
        if (!session.IsValid || session.Tokens.Length <= MinimumKernel.MaximumFiles)
            return;
        IPropertySymbol first = session.Tokens[MinimumKernel.MaximumFiles].Property;
        context.ReportDiagnostic(Diagnostic.Create(
            TooManyFiles,
            first.Locations[0],
            first.Name,
            (MinimumKernel.MaximumFiles + 1).ToString(CultureInfo.InvariantCulture),
            type.Name,
            minimum.Name,
            MinimumKernel.MaximumFiles.ToString(CultureInfo.InvariantCulture),
            MinimumKernel.FirstWithoutLimits));
    }
}
