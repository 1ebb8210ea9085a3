using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Kernels;

/// <summary>Says that the property <c>LuoMinimumKernel</c> names no kernel: in silence, the default would be used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MinimumKernelPropertyAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.InvalidMinimumKernel.CreateDescriptor(
        "The property LuoMinimumKernel is '{0}', which is no kernel with LUO, so that rules about older kernels are off. Set it to one of {1}.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationAction(compilation =>
        {
            if (compilation.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                return;
            _ = MinimumKernel.Read(compilation.Options, out string? invalid);
            if (invalid is not null)
                compilation.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.None, invalid, string.Join(", ", MinimumKernel.Names)));
        });
    }
}
