using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>A place where a value from the previous kernel is used: a field of the state, the raw handle, or a local that is a copy of one.</summary>
internal sealed class IncomingUse(IOperation operation, string name)
{
    /// <summary>The expression that reads the value.</summary>
    public IOperation Operation { get; } = operation;

    /// <summary>The value's name, as in <c>state.Count</c>; the same for its copies.</summary>
    public string Name { get; } = name;

    /// <summary>Where it stands.</summary>
    public int Position => Operation.Syntax.SpanStart;

    /// <summary>Whether the value is looked at here, or given to somebody who may look.</summary>
    public bool IsCheck => Chain().Any(each => each switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Remainder } => true,
        IBinaryOperation binary => IsComparison(binary),
        IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation or IArgumentOperation => true,
        IInvocationOperation => true,
        _ => false,
    });

    /// <summary>All uses in a body, in the order of the text.</summary>
    public static ImmutableArray<IncomingUse> FindAll(IBlockOperation body, IParameterSymbol input)
    {
        var names = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        var uses = ImmutableArray.CreateBuilder<IncomingUse>();
        var views = FindViews(body);
        foreach (IOperation operation in body.Descendants().OrderBy(each => each.Syntax.SpanStart))
        {
            string? name = operation switch
            {
                IFieldReferenceOperation { Field.IsStatic: false, Instance: { } instance } field when instance.Refers(input) => $"{input.Name}.{field.Field.Name}",
                IPropertyReferenceOperation { Property: { IsStatic: false, IsIndexer: false }, Instance: { } instance } property
                    when instance.Refers(input) && IsStored(property.Property) => $"{input.Name}.{property.Property.Name}",
                IParameterReferenceOperation when input.Type.SpecialType == SpecialType.System_UInt64 && operation.Refers(input) => input.Name,
                ILocalReferenceOperation local when names.TryGetValue(local.Local, out string copied) => copied,
                IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: var type } } element when IsSpan(type) && element.Instance?.Unwrap() is ILocalReferenceOperation { Local: var view } && views.Contains(view) =>
                    element.Syntax.ToString(),
                _ => null,
            };
            if (name is null)
                continue;
            var use = new IncomingUse(operation, name);
            uses.Add(use);
            if (operation.FindDeclarator() is { Symbol: var copy } && !body.Changes(copy))
                names[copy] = name;
        }
        return uses.ToImmutable();
    }

    // Spans over inherited memory: what lies there was written by the previous kernel as well. One that is given away as a whole may be checked, or written, there.
    private static HashSet<ISymbol> FindViews(IBlockOperation body) => new(
        body.Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => IsSpan(declarator.Symbol.Type as INamedTypeSymbol) && declarator.Initializer?.Value is { } value
                && value.DescendantsAndSelf().Any(each => each is IInvocationOperation { TargetMethod.Name: "GetSpan" } reading && reading.TargetMethod.ContainingType.IsOfRuntime()))
            .Select(declarator => declarator.Symbol)
            .Where(view => !body.Descendants().Any(each => each is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } argument
                && IsSpan(argument.Parameter?.Type as INamedTypeSymbol) && argument.Value.Mentions(view) && !method.ContainingType.IsOfRuntime() && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean || method.ReturnType.IsErrno()))),
        SymbolEqualityComparer.Default);

    /// <summary>What the value decides here without being looked at; null if it decides nothing.</summary>
    public string? FindSink()
    {
        IOperation used = Operation;
        foreach (IOperation parent in Operation.Ancestors())
        {
            switch (parent)
            {
                case IConversionOperation { Type.TypeKind: TypeKind.Enum } conversion when Operation.Type?.TypeKind != TypeKind.Enum:
                    return IsPassedOn(conversion) ? "flags or a kind" : null;
                case IConversionOperation or IParenthesizedOperation:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } shift:
                    return shift.RightOperand == used ? "a shift" : null;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply }:
                    break;
                case IBinaryOperation comparison when IsComparison(comparison):
                    return comparison.Parent is ILoopOperation loop && IsCounter(comparison, used) && !EndsItself(loop) ? "the bound of a loop" : null;
                case { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax }:
                    return "the size of a buffer on the stack";
                case IArrayCreationOperation array:
                    return array.DimensionSizes.Contains(used) ? "the size of an array" : null;
                case IArrayElementReferenceOperation element:
                    return element.Indices.Contains(used) ? "an index" : null;
                case IRangeOperation:
                    return "the bounds of a slice";
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var target } } when IsFlags(target) && IsFlags(Name):
                case IArgumentOperation { Parameter.Name: var parameter } argument when IsFlags(parameter) && IsFlags(Name) && IsGivenOn(argument):
                    return "flags or a kind";
                case IArgumentOperation argument:
                    return FindSink(argument);
                default:
                    return null;
            }
            used = parent;
        }
        return null;
    }

    /// <summary>
    /// Whether a value that does not fit is an exception, and one that nothing is lost by: .NET checks indices and slices itself, and what was
    /// found is given up in a <c>finally</c> or <c>catch</c>.
    /// </summary>
    public bool IsCheckedByRuntime => FindSink() is "an index" or "the bounds of a slice"
        && Operation.Ancestors().Any(each => each is ITryOperation attempt && Operation.IsIn(attempt.Body));

    private static string? FindSink(IArgumentOperation argument)
    {
        string? kind = argument.Parent switch
        {
            // A key that is set is a new one, whatever it is.
            IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "Dictionary" } } element when IsSet(element) => null,
            IPropertyReferenceOperation { Property: { IsIndexer: true } indexer } when IsSpan(indexer.ContainingType) || IsList(indexer.ContainingType) => "an index",
            IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType: var type } } when IsSpan(type) => "the bounds of a slice",
            IInvocationOperation { TargetMethod: { Name: "AsSpan" or "AsMemory", ContainingType.Name: "MemoryExtensions" } } => "the bounds of a slice",
            IInvocationOperation { TargetMethod: { Name: "AllocateUninitializedArray" or "AllocateArray", ContainingType.Name: "GC" } } => "the size of an array",
            IObjectCreationOperation { Type: INamedTypeSymbol type } when IsList(type) => "the size of a list",
            IInvocationOperation { TargetMethod: { Name: "Allocate", ContainingType: { Name: "PageAllocator" } type } } when type.IsOfRuntime() => "an order of pages",
            IInvocationOperation { TargetMethod: { Name: "AddSeals", ContainingType: var type } } when type.IsOfRuntime() => "flags or a kind",
            IObjectCreationOperation when argument.Parameter is { } parameter && IsFlags(parameter) => "flags or a kind",
            // Whoever asks the text something, or trims it, is taken to find its end.
            IInvocationOperation { TargetMethod: { Name: "GetString", ContainingType.ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } } } decoded
                when decoded.ParentUnwrapped() is not (IInvocationOperation or IMemberReferenceOperation) => "text to its last byte",
            _ => null,
        };
        return kind;
    }

    // What a new object is made to be by its constructor: an enum, or a number that is called flags.
    private static bool IsFlags(IParameterSymbol parameter) => parameter.Type.TypeKind == TypeKind.Enum
        || (parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_UInt64 && parameter.Name.EndsWith("flags", StringComparison.OrdinalIgnoreCase));

    private static bool IsComparison(IBinaryOperation binary) => binary.OperatorKind
        is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
        or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
        or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    // A counter on the other side: anything else may be a limit.
    private static bool IsCounter(IBinaryOperation comparison, IOperation used) =>
        (comparison.LeftOperand == used ? comparison.RightOperand : comparison.LeftOperand).Unwrap() is ILocalReferenceOperation;

    // What each turn takes may be at its end: then it is that which bounds the loop.
    private static bool EndsItself(ILoopOperation loop) => loop.Body.Descendants().OfType<IConditionalOperation>().Any(conditional =>
        conditional.Condition.DescendantsAndSelf().Any(each => each is IInvocationOperation { TargetMethod: var method } && method.Name.StartsWith("Try", StringComparison.Ordinal))
        && conditional.WhenTrue.DescendantsAndSelf().Any(each => each is IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break }));

    private static bool IsPassedOn(IConversionOperation conversion) => conversion.Parent switch
    {
        IArgumentOperation argument => IsGivenOn(argument),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation } => true,
        _ => false,
    };

    // To somebody who makes something of it. One that gives nothing but a yes or no, or nothing at all, is there to look at it.
    private static bool IsGivenOn(IArgumentOperation argument) => argument.Parent switch
    {
        IInvocationOperation { TargetMethod: var method } => !method.ReturnsVoid
            && method.ReturnType.SpecialType != SpecialType.System_Boolean
            && !method.ContainingType.IsOfRuntime()
            && method.ContainingType.ContainingNamespace is not { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        IObjectCreationOperation => true,
        _ => false,
    };

    // A word of flags that is a plain number has no type to tell it by.
    private static bool IsFlags(string name) => name.EndsWith("flags", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(IOperation element) => element.Parent is ISimpleAssignmentOperation assignment && assignment.Target == element;

    // A property that is computed may check what it is computed of.
    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsSpan(INamedTypeSymbol? type) =>
        type is { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", ContainingNamespace.Name: "System" };

    private static bool IsList(INamedTypeSymbol type) => type is { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack", ContainingNamespace.Name: "Generic" };

    private IEnumerable<IOperation> Chain() =>
        Operation.Ancestors().TakeWhile(each => each is not IBlockOperation and not IExpressionStatementOperation and not IVariableInitializerOperation);
}
