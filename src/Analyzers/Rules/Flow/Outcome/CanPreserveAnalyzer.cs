using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a CanPreserve that takes every file there is: the generated test of the type lets all of them through, and it looks at none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CanPreserveAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.AcceptsEveryFile.CreateDescriptor(
        "CanPreserve of '{0}' accepts every file: LUO gives it files of other types too, which never reach the handlers registered after it. Use the handler's own file type, or test the file.");

    private static readonly DiagnosticDescriptor Untested = Rules.AcceptsEveryFile.CreateDescriptor(
        "'{0}' is taken for one type of file before its type is tested: LUO asks CanPreserve of '{1}' about every file there is, and fails or reads something else in those of others. Test it with 'is' first.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor, Untested];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (!code.Handler.FileType.HasMetadataName(WellKnownTypeNames.LuoFile) || code.FindBody(CallbackKind.CanPreserve) is not { } body)
            return;
        if (code.FindParameter(CallbackKind.CanPreserve, ParameterRole.File) is { } file && body.Mentions(file))
        {
            AnalyzeUses(code, body, file, report);
            return;
        }
        // Where something else decides, as a switch of the handler does, it does not take everything all the time.
        if (body.ReturnedValues().All(value => value.ConstantValue is { HasValue: true, Value: true }) && !body.Descendants().Any(operation => operation is IThrowOperation))
            report(Diagnostic.Create(Descriptor, code.Handler.FindCallback(CallbackKind.CanPreserve)!.Method.Locations[0], code.Handler.Type.Name));
    }

    private static void AnalyzeUses(HandlerCode code, IBlockOperation body, IParameterSymbol file, Action<Diagnostic> report)
    {
        var uses = body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(file)).OrderBy(each => each.Syntax.SpanStart).ToImmutableArray();
        int? tested = null;
        foreach (IParameterReferenceOperation use in uses)
        {
            if (TestsType(use) || MayTestType(use))
                tested ??= use.Syntax.SpanStart;
            else if (tested is null && FindBlindUse(use) is { } blind)
                report(Diagnostic.Create(Untested, blind.Syntax.GetLocation(), file.Name, code.Handler.Type.Name));
        }
        // Null tests and what every file has tell nothing of its type.
        if (tested is null && uses.All(IsOfNoType) && body.ReturnedValues().Any(value => value.ConstantValue is not { HasValue: true, Value: false }))
            report(Diagnostic.Create(Descriptor, code.Handler.FindCallback(CallbackKind.CanPreserve)!.Method.Locations[0], code.Handler.Type.Name));
    }

    private static bool TestsType(IParameterReferenceOperation use) => use.ParentUnwrapped() switch
    {
        IIsTypeOperation or ISwitchOperation or ISwitchExpressionOperation => true,
        IIsPatternOperation { Pattern: var pattern } => pattern.DescendantsAndSelf().Any(each => each is IDeclarationPatternOperation or ITypePatternOperation
            || (each is IRecursivePatternOperation properties && !SymbolEqualityComparer.Default.Equals(properties.MatchedType, properties.InputType))),
        IInvocationOperation { TargetMethod.Name: "GetType" } => true,
        _ => false,
    };

    // A method that answers with yes or no.
    private static bool MayTestType(IParameterReferenceOperation use) =>
        use.ParentUnwrapped() is IArgumentOperation { Parent: IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } };

    // A cast that throws, or 'as' with a member right behind it.
    private static IOperation? FindBlindUse(IParameterReferenceOperation use)
    {
        // What is thrown is caught, and says the same.
        if (use.Ancestors().Any(each => each is ITryOperation))
            return null;
        if (use.Parent is IConversionOperation { IsTryCast: true } attempt)
        {
            return attempt.ParentUnwrapped() switch
            {
                IMemberReferenceOperation member => member,
                IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => FindFirstUse(attempt, local),
                _ => null,
            };
        }
        if (use.Parent is IConversionOperation { IsImplicit: false } cast && cast.Type?.HasMetadataName(WellKnownTypeNames.LuoFile) == false)
            return cast;
        return use.ParentUnwrapped() is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "As", ContainingType.Name: "Unsafe" } } unsafely } ? unsafely : null;
    }

    // The first thing that is done with it, if that is no test.
    private static IOperation? FindFirstUse(IOperation attempt, ILocalSymbol local) =>
        attempt.FindRoot().FindReferences(local).OrderBy(each => each.Syntax.SpanStart).FirstOrDefault() is
        { Parent: IMemberReferenceOperation or IInvocationOperation } first
            ? first.Parent
            : null;

    private static bool IsOfNoType(IParameterReferenceOperation use) => use.ParentUnwrapped() switch
    {
        IIsPatternOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        // Text for a log.
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Console" or "Debug" or "Trace" } } } => true,
        IInterpolationOperation => true,
        _ => false,
    };
}
