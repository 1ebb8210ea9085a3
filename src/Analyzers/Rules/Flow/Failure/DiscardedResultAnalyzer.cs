using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds calls whose result says that they failed, and that nobody reads.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedResultAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that names the method to call instead: the one that throws.</summary>
    public const string ThrowingTwinProperty = "ThrowingTwin";

    private static readonly DiagnosticDescriptor Descriptor = Rules.DiscardedResult.CreateDescriptor(
        "What {0} returns is the only word of its failure, and nobody reads it: the file, session or handler is missed later, in the next kernel. Test it, or call what throws; '_ =' says that it does not matter.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.Errno).IsEmpty)
                start.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (((IExpressionStatementOperation)context.Operation).Operation is not IInvocationOperation call || !TellsFailure(call.TargetMethod))
            return;
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (FindThrowingTwin(call) is { } twin)
            properties = properties.Add(ThrowingTwinProperty, twin);
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptor, call.Syntax.GetLocation(), properties, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"));
    }

    // The runtime's, and methods of the author that return an Errno: nothing else is meant by that.
    private static bool TellsFailure(IMethodSymbol method) =>
        method.ReturnType.IsErrno()
        || (method.ReturnType.SpecialType == SpecialType.System_Boolean
            && method.Name.StartsWith("Try", StringComparison.Ordinal)
            && method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out)
            && method.ContainingType.IsOfRuntime())
        || (method.ReturnType.SpecialType == SpecialType.System_Int32
            && method.Name is "Reboot" or "Ioctl" or "OpenFile" or "OpenDevice"
            && method.ContainingType.HasMetadataName(WellKnownTypeNames.Kernel))
        || (method.ReturnType.SpecialType == SpecialType.System_Int32 && method.ContainingType.HasMetadataName("LuoHandlers.Orchestrator.LiveUpdateOrchestrator"));

    private static string? FindThrowingTwin(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name.StartsWith("Try", StringComparison.Ordinal) && method.ContainingType.IsOfRuntime())
            return Find(method.ContainingType, method.Name.Substring("Try".Length));
        // The orchestrator's methods give numbers, and the kernel's of the same name throw.
        return call.Instance is IPropertyReferenceOperation { Property.Name: "Orchestrator", Instance.Type: INamedTypeSymbol kernel } && kernel.HasMetadataName(WellKnownTypeNames.Kernel)
            ? Find(kernel, method.Name)
            : null;

        string? Find(INamedTypeSymbol type, string name) => type.GetMembers(name).OfType<IMethodSymbol>().Any(twin =>
            twin.Parameters.Select(parameter => parameter.Type).SequenceEqual<ITypeSymbol>(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default))
            ? name
            : null;
    }
}
