using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>Reports what the binder found.</summary>
internal static class BindingErrorReport
{
    public static void Report(SymbolAnalysisContext context, INamedTypeSymbol type, ImmutableArray<BindingError> errors, BindingErrorKind missing)
    {
        foreach (BindingError error in errors)
        {
            if (error.Kind != missing && !IsReportedAtField(error) && BindingErrorDescriptors.Find(error.Kind) is { } descriptor)
                context.ReportDiagnostic(Diagnostic.Create(descriptor, error.Location, [.. error.Arguments]));
        }
        ReportMissingCallbacks(context, type, [.. errors.Where(error => error.Kind == missing)]);
    }

    // There is one place to mend, however many callbacks take the state.
    private static bool IsReportedAtField(BindingError error) =>
        error.Kind == BindingErrorKind.StateNotUnmanaged
        && error.Symbol is IParameterSymbol { Type: INamedTypeSymbol { IsRefLikeType: false, OriginalDefinition: { } state } }
        && !state.DeclaringSyntaxReferences.IsEmpty
        && StateLeaf.FindAll(state).Any(leaf => FieldFault.Find(leaf.Type) is { Kind: FieldFaultKind.Reference });

    // One diagnostic that names all of them: they are missing in one place, and one fix writes them.
    private static void ReportMissingCallbacks(SymbolAnalysisContext context, INamedTypeSymbol type, ImmutableArray<BindingError> missing)
    {
        if (missing.IsEmpty || BindingErrorDescriptors.Find(missing[0].Kind) is not { } descriptor)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor,
            missing[0].Location,
            type.Name,
            Enumeration.Join(missing.Select(error => error.Callback!.Name)),
            Enumeration.Join(missing.Select(error => error.Callback!.KernelName))));
    }
}
