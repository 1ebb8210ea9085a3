using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a callback that relies on memory which Preserve takes only sometimes, where another callback asks whether it is there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingMemoryAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.UncheckedInput.CreateDescriptor(
        "'{0}' is a null address unless Preserve had something to take, as {1} knows, and this then fails (EINVAL): {2} breaks off, and what comes after it is lost. Ask first whether there is anything.");

    private static readonly ImmutableArray<CallbackKind> Looking = [CallbackKind.Unpreserve, CallbackKind.Retrieve, CallbackKind.Finish];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is null)
            return;
        var reported = new HashSet<SyntaxNode>();
        foreach (IFieldSymbol field in FindOptional(code))
        {
            var asking = Looking.Where(kind => FindSearches(code, kind, field).Any(call => IsAsked(call, code.Reach(kind), code))).ToImmutableArray();
            foreach (CallbackKind kind in Looking.Where(kind => kind != CallbackKind.Unpreserve && asking.Any(other => other != kind)))
            {
                foreach (IInvocationOperation call in FindSearches(code, kind, field).Where(call => !IsAsked(call, code.Reach(kind), code) && reported.Add(call.Syntax)))
                    report(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), call.FindAddress()!.Syntax.ToString(), asking.First(other => other != kind), kind));
            }
        }
    }

    // Fields that get what was taken in a branch that is not always gone through, and nowhere else.
    private static ImmutableArray<IFieldSymbol> FindOptional(HandlerCode code)
    {
        var written = code.Reach(CallbackKind.Preserve).Concat(code.Reach(CallbackKind.Freeze))
            .Where(operation => operation is IFieldReferenceOperation field && SymbolEqualityComparer.Default.Equals(field.Field.ContainingType, code.Handler.StateType) && IsWritten(field))
            .Cast<IFieldReferenceOperation>()
            .ToImmutableArray();
        return [.. written.Select(each => each.Field).Distinct<IFieldSymbol>(SymbolEqualityComparer.Default)
            .Where(field => written.Where(each => SymbolEqualityComparer.Default.Equals(each.Field, field)).All(each => IsSometimes(each, code)))];
    }

    private static bool IsWritten(IFieldReferenceOperation field) => field.Parent is IAssignmentOperation assignment ? assignment.Target == field
        : field.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IIncrementOrDecrementOperation;

    private static bool IsSometimes(IFieldReferenceOperation target, HandlerCode code) => target.Parent is ISimpleAssignmentOperation { Value: var value }
        && value.DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation { Property: { Name: "Address" or "Descriptor", ContainingType: var type } } && type.IsOfRuntime())
        && target.IsIn(code.FindBody(CallbackKind.Preserve))
        && target.Ancestors().Any(each => each is IConditionalOperation { WhenFalse: null } conditional && target.IsIn(conditional.WhenTrue));

    private static IEnumerable<IInvocationOperation> FindSearches(HandlerCode code, CallbackKind kind, IFieldSymbol field) => code.Reach(kind)
        .OfType<IInvocationOperation>()
        .Where(call => (call.FindsInherited() || (call.IsOfKho() && call.TargetMethod.Name == "FindPreserved"))
            && call.FindAddress() is IFieldReferenceOperation { Instance: IParameterReferenceOperation } address
            && SymbolEqualityComparer.Default.Equals(address.Field, field));

    // By a condition around it, or before it, or in who calls the method that it is in; or it is known what happens when it fails.
    private static bool IsAsked(IInvocationOperation search, ImmutableArray<IOperation> reached, HandlerCode code) =>
        search.Ancestors().Any(each => each is ITryOperation)
        || reached.Any(operation => FindCondition(operation) is { } condition
            && condition.Descendants().Any(each => each is IFieldReferenceOperation field && SymbolEqualityComparer.Default.Equals(field.Field.ContainingType, code.Handler.StateType))
            && (condition.Syntax.SpanStart < search.Syntax.SpanStart || condition.FindRoot() != search.FindRoot()));

    private static IOperation? FindCondition(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        ISwitchOperation choice => choice.Value,
        ISwitchExpressionOperation choice => choice.Value,
        ICoalesceOperation coalesce => coalesce.Value,
        IWhileLoopOperation loop => loop.Condition,
        IForLoopOperation loop => loop.Condition,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => both.LeftOperand,
        _ => null,
    };
}
