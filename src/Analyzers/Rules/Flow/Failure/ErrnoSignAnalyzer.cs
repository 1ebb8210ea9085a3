using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds error numbers of the wrong sign: an <c>Errno</c> made of a negative number, and a positive result of a callback that is written by hand.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ErrnoSignAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that a sign too many or too few is what is wrong.</summary>
    public const string IsSignProperty = "IsSign";

    private const int MaximumErrno = 4095;

    private static readonly ImmutableDictionary<string, string?> SignProperties = ImmutableDictionary<string, string?>.Empty.Add(IsSignProperty, "true");

    private static readonly DiagnosticDescriptor NotAnErrno = Rules.ErrnoSign.CreateDescriptor(
        "'{0}' is {1}, which is no error number, so generated code can't pass it to LUO as one. Use a positive member of Errno; its sign is turned for LUO by generated code.");

    private static readonly DiagnosticDescriptor NegativeErrno = Rules.ErrnoSign.CreateDescriptor(
        "'{0}' is an Errno below zero, and generated code, which negates it once more, would tell LUO a positive number, no failure. Use the Errno as it is.");

    private static readonly DiagnosticDescriptor PositiveResult = Rules.ErrnoSign.CreateDescriptor(
        "{1} returns '{0}', a positive number, which LUO does not take for a failure: {2}. Return it negated.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotAnErrno, NegativeErrno, PositiveResult];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.ILiveUpdateFileHandler).IsEmpty)
                return;
            start.RegisterOperationAction(AnalyzeConversion, OperationKind.Conversion);
            start.RegisterOperationBlockAction(AnalyzeCallback);
        });
    }

    private static void AnalyzeConversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (!conversion.Type.IsErrno() || conversion.IsImplicit)
            return;
        if (conversion.FindConstant() is { } number)
        {
            if (number is < 0 or > MaximumErrno)
                context.ReportDiagnostic(Diagnostic.Create(
                    NotAnErrno,
                    conversion.Syntax.GetLocation(),
                    number is < 0 and >= -MaximumErrno ? SignProperties : null,
                    conversion.Syntax.ToString(),
                    number));
        }
        else if (conversion.Operand.Unwrap() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand } && operand.Unwrap().Type.IsErrno())
        {
            context.ReportDiagnostic(Diagnostic.Create(NegativeErrno, conversion.Syntax.GetLocation(), SignProperties, conversion.Syntax.ToString()));
        }
    }

    private static void AnalyzeCallback(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Int32 } method || FindConsequence(method) is not { } found)
            return;
        foreach (IOperation value in context.OperationBlocks.OfType<IBlockOperation>().SelectMany(body => body.ReturnedValues()))
        {
            if (value.FindConstant() is > 0 || IsAlwaysPositive(value) || (value is IConversionOperation { Operand: var operand } && operand.Unwrap().Type.IsErrno() && !value.ConstantValue.HasValue))
                context.ReportDiagnostic(Diagnostic.Create(PositiveResult, value.Syntax.GetLocation(), SignProperties, value.Syntax.ToString(), found.Callback, found.Consequence));
        }
    }

    // A variable that is never anything but a positive number.
    private static bool IsAlwaysPositive(IOperation value) =>
        value.Unwrap() is ILocalReferenceOperation { Local: var local } && value.FindRoot().FindOnlyValue(local)?.FindConstant() is > 0;

    private static (string Callback, string Consequence)? FindConsequence(IMethodSymbol method)
    {
        foreach (INamedTypeSymbol each in method.ContainingType.AllInterfaces)
        {
            bool isFlb = each.HasMetadataName("LuoHandlers.Handlers.ILiveUpdateFlb");
            if (!isFlb && !each.HasMetadataName(WellKnownTypeNames.ILiveUpdateFileHandler))
                continue;
            foreach (ISymbol member in each.GetMembers())
            {
                if (!SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                    continue;
                return member.Name switch
                {
                    "Preserve" => (member.Name, "user space gets it as the positive result of its ioctl"),
                    "Freeze" => (member.Name, "it counts as success, and the changed handle is dropped"),
                    "Retrieve" => (member.Name, "it counts as retrieved, with nothing to show for it"),
                    _ => null,
                };
            }
        }
        return null;
    }
}
