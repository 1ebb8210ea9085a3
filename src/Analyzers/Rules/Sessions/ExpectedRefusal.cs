using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Recognizes calls that are there to be refused: a test of the refusal, or code that is ready for it.</summary>
internal static class ExpectedRefusal
{
    // ENOENT, EEXIST, EINVAL: those of a wrong token, name or direction.
    private static readonly long[] Refusals = [2, 17, 22];

    /// <summary>Whether the errno of the refusal, or its exception, is expected where the call stands.</summary>
    public static bool Is(IInvocationOperation call) =>
        IsCompared(call, call.Type.IsErrno()) || Functions(call).Any(IsExpectedToThrow) || IsCaught(call);

    private static bool IsCompared(IOperation value, bool isErrno) => isErrno
        && (Expression(value).Any(outer => outer.ChildOperations.Any(IsRefusal))
            || (FindLocal(value) is { } local && FindUses(value, local).Any(use => Expression(use).Any(outer => outer.ChildOperations.Any(IsRefusal)))));

    private static IEnumerable<IAnonymousFunctionOperation> Functions(IOperation operation) => operation.Ancestors().OfType<IAnonymousFunctionOperation>();

    private static bool IsExpectedToThrow(IAnonymousFunctionOperation function) =>
        Expression(function).Any(ExpectsException)
        || (FindLocal(function) is { } local && FindUses(function, local).Any(use => Expression(use).Any(ExpectsException)));

    private static bool ExpectsException(IOperation operation) => operation is IInvocationOperation { TargetMethod: var method }
        && (method.Name.Contains("Throw") || method.Name == "Exception" || method.TypeArguments.Any(IsException) || IsException(method.ReturnType));

    private static bool IsCaught(IOperation call) => call.Ancestors().OfType<ITryOperation>().Any(attempt =>
        call.IsIn(attempt.Body)
        && (attempt.Catches.Any(handler => handler.Descendants().Any(IsRefusal)) || (IsFollowedByFailure(call) && attempt.Catches.Any(handler => handler.ExceptionType.IsOfRuntime()))));

    // "session.Finish(); throw …" or "return false": it is the success that is wrong there.
    private static bool IsFollowedByFailure(IOperation call) =>
        call.Ancestors().FirstOrDefault(each => each.Parent is IBlockOperation) is { Parent: IBlockOperation block } statement
        && block.Operations.SkipWhile(each => each != statement).Skip(1).FirstOrDefault() is { } next
        && (next is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation or IInvocationOperation { TargetMethod.Name: "Fail" } }
            || next is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: false } });

    // What the value is used in, as far as one expression goes.
    private static IEnumerable<IOperation> Expression(IOperation value) =>
        value.Ancestors().TakeWhile(outer => outer is not (IBlockOperation or IExpressionStatementOperation or IVariableInitializerOperation or IAnonymousFunctionOperation));

    private static ILocalSymbol? FindLocal(IOperation value) =>
        value.Ancestors().SkipWhile(outer => outer is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation).FirstOrDefault()
            is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
            ? declarator.Symbol
            : null;

    private static IEnumerable<ILocalReferenceOperation> FindUses(IOperation place, ILocalSymbol local) =>
        place.FindRoot().Descendants().OfType<ILocalReferenceOperation>().Where(use => use.Refers(local));

    private static bool IsRefusal(IOperation operation) => operation switch
    {
        IArgumentOperation argument => IsRefusal(argument.Value),
        IConstantPatternOperation pattern => IsRefusal(pattern.Value),
        INegatedPatternOperation negated => IsRefusal(negated.Pattern),
        IBinaryPatternOperation either => IsRefusal(either.LeftPattern) || IsRefusal(either.RightPattern),
        IConversionOperation { ConstantValue.HasValue: false } conversion => IsRefusal(conversion.Operand),
        _ => operation.Type.IsErrno() && operation.FindConstant() is { } number && Refusals.Contains(number),
    };

    private static bool IsException(ITypeSymbol? type)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.HasMetadataName("System.Exception"))
                return true;
        }
        return false;
    }
}
