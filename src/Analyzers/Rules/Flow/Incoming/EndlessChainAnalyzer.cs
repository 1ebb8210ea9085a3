using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds loops over a chain of inherited blocks that nothing ends when one of them names an earlier one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndlessChainAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.UncheckedInput.CreateDescriptor(
        "'{0}' follows a chain that the previous kernel wrote, and nothing ends this loop if a block names one before it: {1} then never returns. Count the blocks against a limit, or free each before the next.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        Check(CallbackKind.Retrieve);
        Check(CallbackKind.Finish);

        void Check(CallbackKind kind)
        {
            foreach (ILoopOperation loop in code.Reach(kind).OfType<ILoopOperation>())
            {
                if (FindCondition(loop) is { } condition && FindAddress(condition) is { } address && Follows(loop, address, code) && reported.Add(condition.Syntax))
                    report(Diagnostic.Create(Descriptor, condition.Syntax.GetLocation(), address.Name, kind));
            }
        }
    }

    private static IOperation? FindCondition(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation each => each.Condition,
        IForLoopOperation each => each.Condition,
        _ => null,
    };

    // As long as there is an address, or something at it, and nothing else is asked.
    private static ILocalSymbol? FindAddress(IOperation condition) => condition.Unwrap() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }
            when operand.Unwrap() is IPropertyReferenceOperation { Property: { Name: "IsNull", ContainingType: var type }, Instance: { } address } && type.IsOfRuntime() => address.FindVariable() as ILocalSymbol,
        IInvocationOperation search when search.TriesInherited() => search.Arguments[0].Value.FindVariable() as ILocalSymbol,
        _ => null,
    };

    private static bool Follows(ILoopOperation loop, ILocalSymbol address, HandlerCode code)
    {
        var own = code.FindOperations(loop).Where(operation => !IsLeft(operation, loop)).ToImmutableArray();
        var inside = own.Concat(own.OfType<IInvocationOperation>().Select(call => code.FindBody(call.TargetMethod.OriginalDefinition)).OfType<IBlockOperation>().SelectMany(called => code.Reach(called)))
            .ToImmutableArray();
        var found = inside.OfType<IInvocationOperation>().Where(call => call.FindsInherited() || call.TriesInherited()).ToImmutableArray();
        return found.Any(call => call.Arguments.Any(argument => argument.Value.Refers(address)))
            && inside.OfType<ISimpleAssignmentOperation>().Any(assignment => assignment.Target.Refers(address) && IsRead(assignment.Value, address))
            && !inside.Any(operation => MayEnd(operation, code));
    }

    // What is done on the way out of the loop does nothing in its turns.
    private static bool IsLeft(IOperation operation, ILoopOperation loop) => operation.Ancestors().TakeWhile(each => each != loop)
        .Any(each => each is IBlockOperation { Parent: IConditionalOperation } block && block.Operations.LastOrDefault() is IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation });

    // What stands in the memory, not what is computed of where it is.
    private static bool IsRead(IOperation value, ILocalSymbol address) => value.Unwrap() is IInvocationOperation or IObjectCreationOperation && !value.Mentions(address);

    // Whatever counts, compares, uses up or remembers; and whatever can't be seen.
    private static bool MayEnd(IOperation operation, HandlerCode code) => operation switch
    {
        IIncrementOrDecrementOperation or ICompoundAssignmentOperation or IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation or IArrayElementReferenceOperation => true,
        IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: not ("Span" or "ReadOnlySpan") } } => true,
        IAnonymousFunctionOperation or IMethodReferenceOperation or ILocalFunctionOperation or IDynamicInvocationOperation or IUsingOperation => true,
        IBinaryOperation binary => binary.OperatorKind is not (BinaryOperatorKind.Add or BinaryOperatorKind.Multiply or BinaryOperatorKind.Subtract),
        IObjectCreationOperation creation => !creation.Type.IsOfRuntime() && creation.Type?.Name != "ErrnoException",
        IInvocationOperation call => call.ConsumesInherited() || !(call.TargetMethod.ContainingType.IsOfRuntime() || code.FindBody(call.TargetMethod.OriginalDefinition) is not null || OnlyReads(call)),
        _ => false,
    };

    private static bool OnlyReads(IInvocationOperation call) => call.TargetMethod is
    { ContainingType.Name: "BinaryPrimitives" or "MemoryMarshal" or "BitConverter" or "Unsafe" } or { Name: "Add", ContainingType: { Name: "List", ContainingNamespace.Name: "Generic" } };
}
