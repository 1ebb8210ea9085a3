using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds tokens that lose their upper bits before they are given to LUO.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NarrowedTokenAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.NarrowedValue.CreateDescriptor(
        "The token '{0}' is cut to 32 bits or fewer here, but LUO keeps all 64: a larger one names another file, or none, and the session is refused (EEXIST) or the file not found (ENOENT). Pass it whole.");

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
                start.RegisterOperationAction(Analyze, OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!call.TargetMethod.ContainingType.IsOfRuntime())
            return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Name: "token", Type.SpecialType: SpecialType.System_UInt64 }
                && argument.Value is IConversionOperation { Operand: IConversionOperation { IsImplicit: false, IsChecked: false, ConstantValue.HasValue: false } narrowed }
                && IsShort(narrowed.Type)
                && narrowed.Operand.Type?.SpecialType is SpecialType.System_UInt64 or SpecialType.System_Int64
                && !MayFit(narrowed.Operand))
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, narrowed.Syntax.GetLocation(), narrowed.Operand.Syntax.ToString()));
        }
    }

    // What is computed, or looked at in the same method, may be known to be small.
    private static bool MayFit(IOperation value) => value.Unwrap() switch
    {
        IParameterReferenceOperation { Parameter: var parameter } => IsLookedAt(value, parameter),
        ILocalReferenceOperation { Local: var local } => IsLookedAt(value, local),
        IBinaryOperation => true,
        _ => false,
    };

    private static bool IsLookedAt(IOperation value, ISymbol symbol) => value.FindRoot().Descendants()
        .Any(operation => operation is IBinaryOperation or IIsPatternOperation && operation.Mentions(symbol));

    private static bool IsShort(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32
        or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Byte or SpecialType.System_SByte;
}
