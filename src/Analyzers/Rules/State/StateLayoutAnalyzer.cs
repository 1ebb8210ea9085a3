using System.Collections.Immutable;
using System.Globalization;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Layout;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using LayoutKind = System.Runtime.InteropServices.LayoutKind;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3005 to LUO3009: states whose bytes don't lie where the next kernel could rely on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateLayoutAnalyzer : StateAnalyzer
{
    internal const string OffsetProperty = "Offset";
    internal const string SizeProperty = "Size";

    private const string StructLayoutAttribute = "System.Runtime.InteropServices.StructLayoutAttribute";

    // 2^10 pages, the largest block of the page allocator.
    private const long MaximumSize = 4 << 20;

    internal static readonly DiagnosticDescriptor AutomaticLayout = Rules.AutomaticLayout.CreateDescriptor(
        "'{0}' has LayoutKind.Auto, so each runtime orders the fields as it likes, and the next kernel reads others than were written. Use LayoutKind.Sequential.");

    internal static readonly DiagnosticDescriptor AutomaticLayoutInside = Rules.AutomaticLayout.CreateDescriptor(
        "'{0}' of state '{1}' is of type '{2}', which has LayoutKind.Auto, so the next kernel may read other fields than were written. Give '{2}' LayoutKind.Sequential.");

    internal static readonly DiagnosticDescriptor PaddingBefore = Rules.HiddenPadding.CreateDescriptor(
        "Hidden padding of {0} at offset {1} of state '{2}', before '{3}', reaches the next kernel with whatever was there, and can never become a field. Put reserved fields there.");

    internal static readonly DiagnosticDescriptor PaddingAtEnd = Rules.HiddenPadding.CreateDescriptor(
        "Hidden padding of {0} at offset {1}, the end of state '{2}', reaches the next kernel with whatever was there, and can never become a field. Put reserved fields there.");

    internal static readonly DiagnosticDescriptor PaddingInside = Rules.HiddenPadding.CreateDescriptor(
        "Hidden padding of {0} at offset {1} of '{2}', the type of '{3}' in state '{4}', reaches the next kernel with whatever was there. Put reserved fields into '{2}'.");

    internal static readonly DiagnosticDescriptor Generic = Rules.GenericState.CreateDescriptor(
        "State '{0}' is generic or in a generic type, so it has many layouts under one compatible string, and the next kernel may read another than was written. Write a struct for each.");

    internal static readonly DiagnosticDescriptor TooLarge = Rules.StateTooLarge.CreateDescriptor(
        "State '{0}' takes {1} bytes, but no block of pages has more than {2}, so every preserve fails (E2BIG). Keep the bulk in a KhoVmallocArray, and its KhoVmalloc in the state.");

    internal static readonly DiagnosticDescriptor Empty = Rules.EmptyState.CreateDescriptor(
        "State '{0}' has no fields, so LUO hands a byte over that means nothing. Add what the next kernel needs, or leave the state out of the callbacks.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [AutomaticLayout, AutomaticLayoutInside, PaddingBefore, PaddingAtEnd, PaddingInside, Generic, TooLarge, Empty];

    private protected override void AnalyzeState(SymbolAnalysisContext context, INamedTypeSymbol state)
    {
        Location location = state.Locations.FirstOrDefault(each => each.IsInSource) ?? Location.None;
        if (IsGeneric(state))
        {
            context.ReportDiagnostic(Diagnostic.Create(Generic, location, state.Name));
            return;
        }
        if (!StateLeaf.FindFields(state).Any())
        {
            context.ReportDiagnostic(Diagnostic.Create(Empty, location, state.Name));
            return;
        }
        if (StructLayout.Read(state, context.Compilation).Kind == LayoutKind.Auto)
            context.ReportDiagnostic(Diagnostic.Create(AutomaticLayout, location, FindKind(state, context), state.Name));
        var computer = new PreservedLayoutComputer(context.Compilation);
        foreach (StateLeaf leaf in StateLeaf.FindAll(state))
            AnalyzeInside(context, state, leaf, computer);
        if (computer.Compute(state) is not { } layout)
            return;
        if (layout.Size > MaximumSize)
            context.ReportDiagnostic(Diagnostic.Create(TooLarge, location, state.Name, Text(layout.Size), Text(MaximumSize)));
        foreach (PaddingGap gap in layout.Padding)
            ReportPadding(context, state, gap, location);
    }

    private static void ReportPadding(SymbolAnalysisContext context, INamedTypeSymbol state, PaddingGap gap, Location location)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(OffsetProperty, Text(gap.Offset)).Add(SizeProperty, Text(gap.Size));
        context.ReportDiagnostic(gap.Next is { } next
            ? Diagnostic.Create(
                PaddingBefore, StateLeaf.FindLocation(next), properties, CountBytes(gap.Size), Text(gap.Offset), state.Name, StateLeaf.FindName(next))
            : Diagnostic.Create(PaddingAtEnd, location, properties, CountBytes(gap.Size), Text(gap.Offset), state.Name));
    }

    /// <summary>What is in a struct that is in a state, and not marked itself.</summary>
    private static void AnalyzeInside(SymbolAnalysisContext context, INamedTypeSymbol state, StateLeaf leaf, PreservedLayoutComputer computer)
    {
        if (leaf.Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } type
            || PreservedLayoutComputer.IsOfFramework(type)
            || type.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null)
        {
            return;
        }
        if (StructLayout.Read(type, context.Compilation).Kind == LayoutKind.Auto)
            context.ReportDiagnostic(Diagnostic.Create(
                AutomaticLayoutInside, leaf.Location, FindKind(type, context), leaf.Path, state.Name, type.Name));
        if (computer.Compute(type) is not { } layout)
            return;
        foreach (PaddingGap gap in layout.Padding)
            context.ReportDiagnostic(Diagnostic.Create(
                PaddingInside, leaf.Location, CountBytes(gap.Size), Text(gap.Offset), Display.Type(type), leaf.Path, state.Name));
    }

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (each.Arity > 0)
                return true;
        }
        return false;
    }

    /// <summary>Where the kind of layout is written.</summary>
    private static IEnumerable<Location> FindKind(INamedTypeSymbol type, SymbolAnalysisContext context) =>
        type.FindAttribute(StructLayoutAttribute)?.ApplicationSyntaxReference is { } reference
        && context.Compilation.ContainsSyntaxTree(reference.SyntaxTree)
        && reference.GetSyntax(context.CancellationToken) is AttributeSyntax
        {
            ArgumentList.Arguments: { Count: > 0 } arguments,
        }
            ? [arguments[0].Expression.GetLocation()]
            : [];

    private static string CountBytes(long size) => size == 1 ? "1 byte" : $"{Text(size)} bytes";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
