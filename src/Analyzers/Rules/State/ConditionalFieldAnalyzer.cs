using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3013: fields that a state has in some builds only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConditionalFieldAnalyzer : StateAnalyzer
{
    internal static readonly DiagnosticDescriptor Descriptor = Rules.ConditionalState.CreateDescriptor(
        "'{0}' of state '{1}' is there only under '{2}': two builds lay out the state differently under one compatible string, and one takes the other's bytes for its own. Keep one layout, or give each its own string.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeState(SymbolAnalysisContext context, INamedTypeSymbol state)
    {
        foreach (IFieldSymbol field in StateLeaf.FindFields(state))
        {
            if ((field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is { } syntax
                && syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && ConditionalCode.FindDirective(syntax, declaration) is { } directive)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptor, StateLeaf.FindLocation(field), StateLeaf.FindName(field), state.Name, directive.ToString().Trim()));
            }
        }
    }
}
