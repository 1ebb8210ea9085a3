using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds registrations whose every failure is treated alike, though live update that is switched off is no fault.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegistrationRefusedAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.DiscardedResult.CreateDescriptor(
        "Nobody looks at which error {0} failed with: on a kernel booted without live update it is EOPNOTSUPP, which is no fault, and the program fails there at its start. Go on when 'Errno' is EOPNOTSUPP.");

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
                start.RegisterOperationAction(Analyze, OperationKind.CatchClause);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (clause.ExceptionType is not INamedTypeSymbol { Name: "ErrnoException" } type
            || !type.IsOfRuntime()
            || clause.Parent is not ITryOperation attempt
            || attempt.Body.Descendants().OfType<IInvocationOperation>().FirstOrDefault(Registers) is not { } call)
            return;
        // Who looks at the error, asks whether it is on, or gives the exception to somebody else than a new exception, may tell one from the other.
        bool isLookedAt = attempt.Catches.SelectMany(each => each.Descendants()).Any(operation => operation is IPropertyReferenceOperation { Property.Name: "Errno" }
            || (operation is IArgumentOperation { Parent: IInvocationOperation } argument && argument.Value.Unwrap() is ILocalReferenceOperation && argument.Value.Unwrap().Type?.Name == "ErrnoException"))
            || attempt.Ancestors().Last().Descendants().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "IsLiveUpdateEnabled" });
        bool fails = clause.Handler.Descendants().Any(operation => operation is IThrowOperation { Exception: not null }
            || (operation is IReturnOperation { ReturnedValue: { } value } && !value.IsConstant(0) && value.ConstantValue is not { HasValue: true, Value: true }));
        if (!isLookedAt && fails)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, clause.Syntax.GetFirstToken().GetLocation(), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"));
    }

    private static bool Registers(IInvocationOperation call) =>
        (call.TargetMethod.Name is "RegisterFileHandler" or "RegisterFlb" && call.TargetMethod.ContainingType.HasMetadataName(WellKnownTypeNames.Kernel))
        || call.TargetMethod.Name == "RegisterGeneratedHandlers";
}
