using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>Says why the binder rejects a typed session, and finds tokens outside of one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionBindingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NoSession = Rules.InvalidTokenProperty.CreateDescriptor(
        "'{0}' has a token, but '{1}' is no typed session, so nothing preserves it. Mark the class [LiveUpdateSession], or remove [Token].");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. BindingErrorDescriptors.All, NoSession];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateSessionAttribute).IsEmpty)
                return;
            start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
            start.RegisterSymbolAction(AnalyzeProperty, SymbolKind.Property);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is null)
            return;
        foreach (BindingError error in SessionBinder.Bind(type, context.CancellationToken).Errors)
        {
            if (BindingErrorDescriptors.Find(error.Kind) is { } descriptor)
                context.ReportDiagnostic(Diagnostic.Create(descriptor, error.Location, [.. error.Arguments]));
        }
    }

    private static void AnalyzeProperty(SymbolAnalysisContext context)
    {
        ISymbol property = context.Symbol;
        if (property.ContainingType.FindAttribute(WellKnownTypeNames.LiveUpdateSessionAttribute) is null
            && property.FindAttribute(WellKnownTypeNames.TokenAttribute) is not null)
            context.ReportDiagnostic(Diagnostic.Create(NoSession, property.Locations[0], property.Name, property.ContainingType.Name));
    }
}
