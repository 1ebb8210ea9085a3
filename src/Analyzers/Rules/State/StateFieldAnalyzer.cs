using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3001 to LUO3004: fields of states whose types can't be handed over, and the same in structs that are in a state.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateFieldAnalyzer : StateAnalyzer
{
    internal static readonly DiagnosticDescriptor Reference = Rules.StateNotUnmanaged.CreateDescriptor(
        "'{0}' of state '{1}' is of type '{2}', {3}, but only bytes reach the next kernel, where the object is gone. Keep it in private data, or store what it can be made from again.");

    internal static readonly DiagnosticDescriptor ProcessAddress = Rules.ProcessAddress.CreateDescriptor(
        "'{0}' of state '{1}' is of type '{2}', {3}; its bytes reach the next kernel, where they mean nothing, or something else. Keep it in private data, or store a PhysicalAddress, a token or an index.");

    internal static readonly DiagnosticDescriptor UnspecifiedBytes = Rules.UnspecifiedBytes.CreateDescriptor(
        "'{0}' of state '{1}' is of type '{2}', {3}: what the next kernel makes of its bytes is not specified. Use {4}.");

    internal static readonly DiagnosticDescriptor EnumWithoutType = Rules.EnumWithoutType.CreateDescriptor(
        "'{0}' of state '{1}' is of enum '{2}', which does not write its underlying type: whoever changes it changes the layout, and the next kernel takes the bytes for others. Write 'enum {2} : int'.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Reference, ProcessAddress, UnspecifiedBytes, EnumWithoutType];

    private protected override void AnalyzeState(SymbolAnalysisContext context, INamedTypeSymbol state)
    {
        foreach (StateLeaf leaf in StateLeaf.FindAll(state))
        {
            if (FieldFault.Find(leaf.Type) is { } fault)
                Report(fault, leaf);
            else if (leaf.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type && FindWithoutType(type, context.CancellationToken) is { } declaration)
                context.ReportDiagnostic(Diagnostic.Create(EnumWithoutType, leaf.Location, FindName(declaration), leaf.Path, state.Name, type.Name));
        }

        // An editor shows a referenced project's sources, too, but a diagnostic must not point to them.
        IEnumerable<Location> FindName(EnumDeclarationSyntax declaration) =>
            context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree) ? [declaration.Identifier.GetLocation()] : [];

        void Report(FieldFault fault, StateLeaf leaf)
        {
            DiagnosticDescriptor descriptor = fault.Kind switch
            {
                FieldFaultKind.Reference => Reference,
                FieldFaultKind.ProcessAddress => ProcessAddress,
                _ => UnspecifiedBytes,
            };
            context.ReportDiagnostic(Diagnostic.Create(descriptor, leaf.Location, leaf.Path, state.Name, Display.Type(leaf.Type), fault.Reason, fault.Remedy));
        }
    }

    // In metadata there is no difference between an underlying type that was written and one that was not.
    private static EnumDeclarationSyntax? FindWithoutType(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is EnumDeclarationSyntax { BaseList: null } declaration ? declaration : null;
}
