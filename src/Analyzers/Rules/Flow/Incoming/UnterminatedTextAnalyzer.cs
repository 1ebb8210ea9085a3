using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds searches in what the previous kernel handed over that count on finding an end: of a text, or of a chain.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnterminatedTextAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Text = Rules.UncheckedInput.CreateDescriptor(
        "'{0}' is the end of a text from the previous kernel, but it is -1 or nowhere when there is no NUL in it: Retrieve then breaks with EIO instead of failing. Look at it first, and throw EINVAL when there is none.");

    private static readonly DiagnosticDescriptor Chain = Rules.UncheckedInput.CreateDescriptor(
        "This loop ends where the previous kernel says so: a chain that leads back into itself is followed for ever, with the session locked. Count the blocks, and throw EINVAL beyond the most that there can be.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Text, Chain];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (IOperation operation in code.Reach(CallbackKind.Retrieve).Concat(code.Reach(CallbackKind.Finish)))
        {
            IOperation? place = operation switch
            {
                IInvocationOperation call when IsSearch(call) && !IsLookedAt(call, call.Arguments[0].Value) => FindUnchecked(call),
                IBinaryOperation comparison when IsOpenSearch(comparison) && !IsLookedAt(comparison, comparison.LeftOperand) => comparison,
                _ => null,
            };
            if (place is not null && reported.Add(place.Syntax))
                report(Diagnostic.Create(Text, place.Syntax.GetLocation(), place.Syntax.ToString()));
            if (operation is ILoopOperation loop && IsEndless(loop, code) && reported.Add(loop.Syntax))
                report(Diagnostic.Create(Chain, loop.Syntax.GetFirstToken().GetLocation()));
        }
    }

    private static bool IsSearch(IInvocationOperation call) =>
        call.TargetMethod is { Name: "IndexOf", ContainingType.Name: "MemoryExtensions" } && call.Arguments.Any(argument => argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: (byte)0 or 0 or '\0' });

    // Who asks it something before, such as whether there is a NUL, or catches what is thrown, may know.
    private static bool IsLookedAt(IOperation search, IOperation text)
    {
        var names = text.DescendantsAndSelf().Select(each => each switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        }).OfType<ISymbol>().ToImmutableArray();
        return search.Ancestors().Any(each => each is ITryOperation { Catches.IsEmpty: false })
            || search.FindRoot().Descendants().Any(each =>
                each is IConditionalOperation { Condition: var condition } && condition.Syntax.SpanStart < search.Syntax.SpanStart && names.Any(condition.Mentions));
    }

    // Cut by it at once, or by a variable that nobody compares.
    private static IOperation? FindUnchecked(IInvocationOperation call)
    {
        if (Cuts(call))
            return call;
        if (call.FindDeclarator() is not { Symbol: var local })
            return null;
        var references = call.FindRoot().FindReferences(local).OrderBy(each => each.Syntax.SpanStart).ToImmutableArray();
        return !references.IsEmpty && references.All(Cuts) ? references[0] : null;
    }

    private static bool Cuts(IOperation value) => value.ParentUnwrapped() switch
    {
        IRangeOperation => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Slice" or "GetString" } } => true,
        _ => false,
    };

    // while (bytes[i] != 0) i++;
    private static bool IsOpenSearch(IBinaryOperation comparison) =>
        comparison is { OperatorKind: BinaryOperatorKind.NotEquals, Parent: ILoopOperation loop }
        && comparison.RightOperand.IsConstant(0)
        && comparison.LeftOperand.Unwrap() is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments } element
        && element.Instance?.Type is { Name: "Span" or "ReadOnlySpan" }
        && arguments[0].Value.Unwrap() is ILocalReferenceOperation { Local: var index }
        && loop.Body.Descendants().Any(operation => operation is IIncrementOrDecrementOperation increment && increment.Target.Refers(index))
        && !loop.Body.Descendants().Any(operation => operation is IConditionalOperation);

    // Each turn finds the next block by what stands in this one, and nothing counts the turns or uses the blocks up.
    private static bool IsEndless(ILoopOperation loop, HandlerCode code)
    {
        if (loop is not (IWhileLoopOperation or IForLoopOperation))
            return false;
        IOperation? condition = loop is IWhileLoopOperation whileLoop ? whileLoop.Condition : ((IForLoopOperation)loop).Condition;
        if (condition?.Unwrap() is not { } asked
            || asked.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(each => each.Local).Distinct(SymbolEqualityComparer.Default).ToImmutableArray() is not { Length: 1 } locals
            || asked is IBinaryOperation { OperatorKind: not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) })
            return false;
        var operations = loop.Body.Descendants().ToImmutableArray();
        bool follows = operations.Any(operation => operation is ISimpleAssignmentOperation assignment && assignment.Target.Refers(locals[0]))
            && operations.Any(operation => operation is IInvocationOperation call && (call.FindsInherited() || call.TriesInherited()) && call.Arguments.Any(argument => argument.Value.Mentions(locals[0])));
        return follows && !loop.Descendants().Where(operation => !IsLeft(operation, loop)).Any(operation => operation switch
        {
            // Counted down, or up to a number.
            IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var counter } } =>
                loop.Descendants().Any(each => each is IConditionalOperation conditional && conditional.Condition.Mentions(counter)),
            IInvocationOperation call => MayEnd(call, code),
            // What is marked may be asked for its mark.
            ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation } => true,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } => true,
            _ => false,
        });
    }

    // What is done on the way out of the loop does nothing in its turns.
    private static bool IsLeft(IOperation operation, ILoopOperation loop) => operation.Ancestors().TakeWhile(each => each != loop).Any(each =>
        each is IBlockOperation { Parent: IConditionalOperation } block && block.Operations.LastOrDefault() is IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation });

    // Who uses the block up, or remembers where it was: a list is there to be filled, and asks nothing.
    private static bool MayEnd(IInvocationOperation call, HandlerCode code) => call.ConsumesInherited()
        || call.TargetMethod.Name is "TryAdd" or "Contains"
        || call.TargetMethod is { Name: "Add", ContainingType.Name: not "List" }
        || (code.FindBody(call.TargetMethod.OriginalDefinition) is { } called
            ? code.Reach(called).Any(operation => operation is IInvocationOperation inner && (inner.ConsumesInherited() || inner.TargetMethod.Name is "Add" or "TryAdd" or "Contains"))
            : !call.TargetMethod.ContainingType.IsOfRuntime() && call.Arguments.Any(argument => argument.Value.Unwrap().Type is { Name: "PhysicalAddress" or "KhoRange" or "IKho" }));
}
