using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds values that lose their upper bits on the way into the state.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NarrowedValueAnalyzer : HandlerCodeAnalyzer
{
    /// <summary>Which message it is: only a conversion can be checked.</summary>
    public const string IsConversionProperty = "IsConversion";

    private static readonly DiagnosticDescriptor Narrowed = Rules.NarrowedValue.CreateDescriptor(
        "'{0}' is cut from {1} to {2} bits on its way into the state: what is larger comes back as another value in the next kernel, and nothing fails. Use a wider field, refuse it with EFBIG, or convert in 'checked'.");

    private static readonly DiagnosticDescriptor Shifted = Rules.NarrowedValue.CreateDescriptor(
        "'{0}' is shifted in {1} bits and widened only afterwards: the upper bits are lost before, and another value comes back in the next kernel. Convert the operand before it is shifted.");

    private static readonly ImmutableDictionary<string, string?> ConversionProperties = ImmutableDictionary<string, string?>.Empty.Add(IsConversionProperty, "true");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Narrowed, Shifted];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is not { } stateType)
            return;
        foreach (CallbackKind kind in new[] { CallbackKind.Preserve, CallbackKind.Freeze })
        {
            if (code.FindBody(kind) is not { } body)
                continue;
            foreach (IConversionOperation conversion in body.Descendants().OfType<IConversionOperation>())
            {
                if (!IsForState(conversion, stateType))
                    continue;
                if (IsNarrowing(conversion, body))
                    report(Diagnostic.Create(
                        Narrowed,
                        conversion.Syntax.GetLocation(),
                        ConversionProperties,
                        conversion.Operand.Syntax.ToString(),
                        Bits(conversion.Operand.Type),
                        Bits(conversion.Type)));
                else if (FindShift(conversion) is { } shift)
                    report(Diagnostic.Create(Shifted, shift.Syntax.GetLocation(), shift.LeftOperand.Syntax.ToString(), Bits(shift.Type)));
            }
        }
    }

    private static bool IsNarrowing(IConversionOperation conversion, IBlockOperation body)
    {
        if (conversion.IsChecked || conversion.ConstantValue.HasValue)
            return false;
        int from = Bits(conversion.Operand.Type);
        int to = Bits(conversion.Type);
        return to != 0 && to < from && FindMember(conversion.Operand) is { } value && !IsCompared(value, body, conversion.Syntax.SpanStart);
    }

    // Only a plain value: what is computed may be known to fit.
    private static ISymbol? FindMember(IOperation operation) => operation.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
        IFieldReferenceOperation field => field.Field,
        IParameterReferenceOperation parameter => parameter.Parameter,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    // Any look at the value before, whatever it is compared with; and any local that it may have been copied to.
    private static bool IsCompared(ISymbol value, IBlockOperation body, int position) => body.Descendants().Any(operation =>
        operation.Syntax.SpanStart < position
        && operation is IBinaryOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation or IInvocationOperation
        && operation.Descendants().Any(each => SymbolEqualityComparer.Default.Equals(FindMember(each), value)));

    private static bool IsForState(IConversionOperation conversion, ITypeSymbol stateType) => conversion.ParentUnwrapped() switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Instance: { } instance } } => SymbolEqualityComparer.Default.Equals(instance.Type, stateType),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } => SymbolEqualityComparer.Default.Equals(instance.Type, stateType),
        IArgumentOperation { Parent: IObjectCreationOperation creation } => SymbolEqualityComparer.Default.Equals(creation.Type, stateType),
        _ => false,
    };

    // A shift that can reach beyond its own width, in what is then widened.
    private static IBinaryOperation? FindShift(IConversionOperation conversion) =>
        Bits(conversion.Type) == 64 && Bits(conversion.Operand.Type) == 32 && !conversion.IsChecked
            ? Parts(conversion.Operand).OfType<IBinaryOperation>().FirstOrDefault(part =>
                part.OperatorKind == BinaryOperatorKind.LeftShift
                && part.RightOperand.FindConstant() is { } count
                && !part.LeftOperand.ConstantValue.HasValue
                && FindMember(part.LeftOperand) is not null
                && Bits(part.LeftOperand.Unwrap().Type) + count > (part.Type?.SpecialType == SpecialType.System_Int32 ? 31 : 32))
            : null;

    private static IEnumerable<IOperation> Parts(IOperation operation) => operation switch
    {
        IParenthesizedOperation parenthesized => Parts(parenthesized.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.Add or BinaryOperatorKind.ExclusiveOr } both =>
            Parts(both.LeftOperand).Concat(Parts(both.RightOperand)),
        _ => [operation],
    };

    private static int Bits(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => 64,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => 32,
        SpecialType.System_Int16 or SpecialType.System_UInt16 => 16,
        SpecialType.System_Byte or SpecialType.System_SByte => 8,
        _ => 0,
    };
}
