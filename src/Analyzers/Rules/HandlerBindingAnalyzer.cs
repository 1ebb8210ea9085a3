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

    private protected override void AnalyzeHandler(SymbolAnalysisContext context, HandlerBinding binding) =>
        BindingErrorReport.Report(context, binding.Handler.Type, binding.Errors, BindingErrorKind.CallbackMissing);
}
