using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO1010: handlers that could be sealed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SealedHandlerAnalyzer : CatalogAnalyzer
{
    internal static readonly DiagnosticDescriptor NotSealed = Rules.NotSealed.CreateDescriptor(
        "'{0}' is not sealed, but a class that derives from it would be no handler: LUO is given a '{0}' and calls that. Seal it.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotSealed];

    private protected override void Analyze(SymbolAnalysisContext context, CompatibleString compatible, Lazy<CompatibleCatalog> catalog)
    {
        INamedTypeSymbol handler = compatible.Type;
        if (!compatible.IsFlb
            && handler is { TypeKind: TypeKind.Class, IsSealed: false, IsAbstract: false, IsStatic: false }
            && !catalog.Value.HasDerivedClass(handler)
            && !handler.GetMembers().Any(IsForDerivedClasses)
            && handler.Locations.FirstOrDefault(location => location.IsInSource) is { } location)
        {
            context.ReportDiagnostic(Diagnostic.Create(NotSealed, location, handler.Name));
        }
    }

    // Its author thought of deriving from it; and sealed, it would not compile, or only with a warning.
    private static bool IsForDerivedClasses(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && (member.IsVirtual
            || (!member.IsOverride && member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal or Accessibility.ProtectedOrInternal));
}
