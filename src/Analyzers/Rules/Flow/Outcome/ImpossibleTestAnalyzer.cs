using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds tests for nothing of what a call gives that throws instead: the branch for the failure is never taken, and the failure is elsewhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpossibleTestAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.DiscardedResult.CreateDescriptor(
        "This test never finds a failure: {0} gives something or throws an ErrnoException, never null or zero, so what the branch is for is not done. Test what is passed to it before, or catch the exception.");

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
                start.RegisterOperationAction(Analyze, OperationKind.Conditional);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        foreach (IOperation test in Parts(((IConditionalOperation)context.Operation).Condition))
        {
            if (FindTested(test) is { } tested && FindSource(tested) is { } call)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, test.Syntax.GetLocation(), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"));
        }
    }

    private static IEnumerable<IOperation> Parts(IOperation condition) => condition.Unwrap() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd } both => Parts(both.LeftOperand).Concat(Parts(both.RightOperand)),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Parts(not.Operand),
        var part => [part],
    };

    // What is compared with nothing: the memory itself, or its address.
    private static IOperation? FindTested(IOperation test)
    {
        IOperation? value = test switch
        {
            IPropertyReferenceOperation { Property.Name: "IsNull", Instance: { } instance } property when property.Property.ContainingType.IsOfRuntime() => instance,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNothing(comparison.RightOperand) => comparison.LeftOperand,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNothing(comparison.LeftOperand) => comparison.RightOperand,
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } pattern when IsNothing(constant) => pattern.Value,
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } } pattern when IsNothing(constant) => pattern.Value,
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: { Length: 1 } arguments } when IsNothing(arguments[0].Value) => instance,
            _ => null,
        };
        value = value?.Unwrap();
        while (value is IPropertyReferenceOperation { Property: { Name: "Address" or "Value" or "Pfn" }, Instance: { } instance } property && property.Property.ContainingType.IsOfRuntime())
            value = instance.Unwrap();
        return value;
    }

    private static bool IsNothing(IOperation value) => value.Unwrap() switch
    {
        IDefaultValueOperation => true,
        IPropertyReferenceOperation { Property: { Name: "Null", IsStatic: true } property } => property.ContainingType.IsOfRuntime(),
        var other => other.ConstantValue is { HasValue: true, Value: null } || other.IsConstant(0) || other.ConstantValue is { HasValue: true, Value: 0UL },
    };

    private static IInvocationOperation? FindSource(IOperation tested) => tested switch
    {
        IInvocationOperation call => NeverGivesNothing(call) ? call : null,
        ILocalReferenceOperation { Local: var local } => tested.FindRoot().FindOnlyValue(local)?.Unwrap() is IInvocationOperation call && NeverGivesNothing(call) ? call : null,
        _ => null,
    };

    private static bool NeverGivesNothing(IInvocationOperation call) => call.TargetMethod.ContainingType.IsOfRuntime()
        && (call.IsOfKho() && call.TargetMethod.Name is "FindInherited" or "FindPreserved" or "Preserve" or "AllocatePreserved"
            || (call.TargetMethod.Name is "Preserve" or "AllocatePreserved" && call.TargetMethod.ContainingType.Name == "PreservationScope")
            || (call.TargetMethod.Name == "GetFile" && call.TargetMethod.ContainingType.Name == "IncomingDependency"));
}
