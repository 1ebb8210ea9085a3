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
        ITypeSymbol? stateType = code.Handler.StateType;
        var reported = new HashSet<SyntaxNode>();
        foreach (CallbackKind kind in new[] { CallbackKind.GetId, CallbackKind.Preserve, CallbackKind.Freeze })
        {
            foreach (IConversionOperation conversion in code.Reach(kind).OfType<IConversionOperation>())
            {
                if (!(IsForState(conversion, stateType) || IsForHandle(conversion, code, kind) || (kind != CallbackKind.GetId && IsForSize(conversion))) || conversion.FindRoot() is not { } body)
                    continue;
                if (IsNarrowing(conversion, body, code) && reported.Add(conversion.Syntax))
                    report(Diagnostic.Create(
                        Narrowed,
                        conversion.Syntax.GetLocation(),
                        ConversionProperties,
                        conversion.Operand.Syntax.ToString(),
                        Bits(conversion.Operand.Type),
                        Bits(conversion.Type)));
                else if (FindShift(conversion) is { } shift && reported.Add(shift.Syntax))
                    report(Diagnostic.Create(Shifted, shift.Syntax.GetLocation(), shift.LeftOperand.Syntax.ToString(), Bits(shift.Type)));
            }
        }
    }

    private static bool IsNarrowing(IConversionOperation conversion, IOperation body, HandlerCode code)
    {
        if (conversion.IsChecked || conversion.ConstantValue.HasValue)
            return false;
        int from = Bits(conversion.Operand.Type);
        int to = Bits(conversion.Type);
        return to != 0 && to < from
            && !IsComparedLater(conversion, body)
            && (IsWhole(conversion.Operand.Unwrap())
                ? !MayFit((IInvocationOperation)conversion.Operand.Unwrap(), conversion.Syntax.SpanStart, body, code)
                : MayBeTooLarge(conversion.Operand, conversion.Syntax.SpanStart, body, code));
    }

    private static bool MayBeTooLarge(IOperation operand, int position, IOperation body, HandlerCode code)
    {
        for (IOperation value = operand.Unwrap(); FindMember(value) is { } member;)
        {
            if (IsLookedAt(member, value, body, position, code) || IsSplit(member, body) || ValueLimits.MayHave(member, code.CancellationToken))
                return false;
            if (member is not ILocalSymbol local)
                return true;
            // A local is as large as what it was made of; what is computed may be known to fit.
            if (body.FindOnlyValue(local) is not { } source || source.Syntax.SpanStart >= value.Syntax.SpanStart)
                return false;
            value = source.Unwrap();
        }
        return false;
    }

    // A token has all its bits; but who looks at a size knows how many pages it takes.
    private static bool MayFit(IInvocationOperation count, int position, IOperation body, HandlerCode code) =>
        count.TargetMethod.Name == "CountFor" && !MayBeTooLarge(count.Arguments[0].Value, position, body, code);

    private static bool IsWhole(IOperation operand) => operand is IInvocationOperation { TargetMethod: var method }
        && method.ContainingType.IsOfRuntime()
        && method.Name is "GetToken" or "CountFor";

    // The shorter value, to see whether it still is the same.
    private static bool IsComparedLater(IConversionOperation conversion, IOperation body) =>
        conversion.FindDeclarator() is { Symbol: var local }
        && body.Descendants().Any(operation => operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThanOrEqual } comparison
            && comparison.Mentions(local)
            && !comparison.Ancestors().Any(each => each is ILoopOperation loop && comparison.IsIn(loop) && !comparison.IsIn(loop.Body)));

    // Only a plain value: what is computed may be known to fit.
    private static ISymbol? FindMember(IOperation operation) => operation.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
        IFieldReferenceOperation field => field.Field,
        IParameterReferenceOperation parameter => parameter.Parameter,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    // Any look at the value before, whatever it is compared with: here, in a method that is called, or in CanPreserve, which lets only some files through.
    private static bool IsLookedAt(ISymbol member, IOperation value, IOperation body, int position, HandlerCode code)
    {
        // What it is cut for does not look at it.
        IOperation? use = value.Ancestors().FirstOrDefault(each => each is not (IConversionOperation or IParenthesizedOperation or IArgumentOperation));
        if (body.Descendants().Any(operation => operation != use && operation.Syntax.SpanStart < position && (LooksAt(operation, member) || MayCheckOwner(operation, value))))
            return true;
        return member is not (ILocalSymbol or IParameterSymbol)
            && new[] { CallbackKind.CanPreserve, CallbackKind.Preserve, CallbackKind.Freeze }
                .SelectMany(kind => code.Reach(kind))
                .Any(operation => !operation.IsIn(body) && LooksAt(operation, member));
    }

    private static bool LooksAt(IOperation operation, ISymbol member) =>
        operation is IBinaryOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation or IInvocationOperation
        && operation.Descendants().Any(each => SymbolEqualityComparer.Default.Equals(FindMember(each), member)
            || (each is IPropertySubpatternOperation { Member: IMemberReferenceOperation matched } && SymbolEqualityComparer.Default.Equals(matched.Member, member)));

    // A method of the author that is there to look, and gets what the value is of.
    private static bool MayCheckOwner(IOperation operation, IOperation value) =>
        operation is IInvocationOperation { TargetMethod: var method } call
        && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean || method.ReturnType.IsErrno())
        && !method.ContainingType.IsOfRuntime()
        && value is IMemberReferenceOperation { Instance: IParameterReferenceOperation owner }
        && call.Arguments.Any(argument => argument.Value.Refers(owner.Parameter));

    // The upper bits go another way.
    private static bool IsSplit(ISymbol member, IOperation body) => body.Descendants().Any(operation =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } shift
        && SymbolEqualityComparer.Default.Equals(FindMember(shift.LeftOperand), member));

    // The handle or the identity as a number.
    private static bool IsForHandle(IConversionOperation conversion, HandlerCode code, CallbackKind kind) => conversion.ParentUnwrapped() switch
    {
        ISimpleAssignmentOperation { Target: IParameterReferenceOperation { Parameter: { Name: "serializedData", Type.SpecialType: SpecialType.System_UInt64 } } } => true,
        IReturnOperation => kind == CallbackKind.GetId
            && conversion.IsIn(code.FindBody(CallbackKind.GetId))
            && !conversion.Ancestors().Any(each => each is IAnonymousFunctionOperation or ILocalFunctionOperation),
        _ => false,
    };

    // How much is preserved, or what is written into memory that is.
    private static bool IsForSize(IConversionOperation conversion) => !conversion.IsImplicit && conversion.ParentUnwrapped() switch
    {
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } => (method.Name == "AllocatePreserved" && method.ContainingType.IsOfRuntime())
            || (method.ContainingType.Name == "BinaryPrimitives" && method.Name.StartsWith("Write", StringComparison.Ordinal)),
        IVariableInitializerOperation => IsWhole(conversion.Operand.Unwrap()),
        _ => false,
    };

    private static bool IsForState(IConversionOperation conversion, ITypeSymbol? stateType) => stateType is not null && conversion.ParentUnwrapped() switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Instance: { } instance } } => SymbolEqualityComparer.Default.Equals(instance.Type, stateType),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } => SymbolEqualityComparer.Default.Equals(instance.Type, stateType),
        IArgumentOperation { Parent: IObjectCreationOperation creation } => SymbolEqualityComparer.Default.Equals(creation.Type, stateType),
        _ => false,
    };

    // A shift that can reach beyond its own width, in what is then widened.
    private static IBinaryOperation? FindShift(IConversionOperation conversion) =>
        Bits(conversion.Type) == 64 && Bits(conversion.Operand.Type) == 32 && !conversion.IsChecked
            ? Parts(FindComputed(conversion.Operand)).OfType<IBinaryOperation>().FirstOrDefault(part =>
                part.OperatorKind == BinaryOperatorKind.LeftShift
                && part.RightOperand.FindConstant() is { } count
                && !part.LeftOperand.ConstantValue.HasValue
                && FindMember(part.LeftOperand) is not null
                && Bits(part.LeftOperand.Unwrap().Type) + count > (part.Type?.SpecialType == SpecialType.System_Int32 ? 31 : 32))
            : null;

    // What a local was computed as, if that is all it ever is.
    private static IOperation FindComputed(IOperation operand) =>
        operand.Unwrap() is ILocalReferenceOperation { Local: var local } && operand.FindRoot().FindOnlyValue(local) is { } value && SymbolEqualityComparer.Default.Equals(value.Type, local.Type)
            ? value
            : operand;

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
