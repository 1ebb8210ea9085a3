using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>Says why the binder rejects a handler; the generator, which skips it, says nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerBindingAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = BindingErrorDescriptors.All;

    private protected override void AnalyzeHandler(SymbolAnalysisContext context, HandlerBinding binding)
    {
        foreach (BindingError error in binding.Errors)
        {
            if (error.Kind != BindingErrorKind.CallbackMissing && !IsReportedAtField(error) && BindingErrorDescriptors.Find(error.Kind) is { } descriptor)
                context.ReportDiagnostic(Diagnostic.Create(descriptor, error.Location, [.. error.Arguments]));
        }
        ReportMissingCallbacks(context, binding);
    }

    // There is one place to mend, however many callbacks take the state.
    private static bool IsReportedAtField(BindingError error) =>
        error.Kind == BindingErrorKind.StateNotUnmanaged
        && error.Symbol is IParameterSymbol { Type: INamedTypeSymbol { IsRefLikeType: false, OriginalDefinition: { } state } }
        && !state.DeclaringSyntaxReferences.IsEmpty
        && StateLeaf.FindAll(state).Any(leaf => FieldFault.Find(leaf.Type) is { Kind: FieldFaultKind.Reference });

    // One diagnostic that names all of them: they are missing in one place, and one fix writes them.
    private static void ReportMissingCallbacks(SymbolAnalysisContext context, HandlerBinding binding)
    {
        var missing = binding.Errors.Where(error => error.Kind == BindingErrorKind.CallbackMissing).ToImmutableArray();
        if (missing.IsEmpty || BindingErrorDescriptors.Find(BindingErrorKind.CallbackMissing) is not { } descriptor)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor,
            missing[0].Location,
            binding.Handler.Type.Name,
            Enumeration.Join(missing.Select(error => error.Callback!.Name)),
            Enumeration.Join(missing.Select(error => error.Callback!.KernelName))));
    }
}
