using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Reports IDE0060 and CA1801 at every parameter, as the SDK's analyzers do at some: those can't be loaded into this compiler.</summary>
public sealed class ParameterAnalyzer : DiagnosticAnalyzer
{
    public static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
        [.. new[] { "IDE0060", "CA1801" }.Select(id => new DiagnosticDescriptor(id, "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true))];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(
            parameter =>
            {
                foreach (DiagnosticDescriptor descriptor in Descriptors)
                    parameter.ReportDiagnostic(Diagnostic.Create(descriptor, ((Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax)parameter.Node).Identifier.GetLocation()));
            },
            Microsoft.CodeAnalysis.CSharp.SyntaxKind.Parameter);
    }
}
