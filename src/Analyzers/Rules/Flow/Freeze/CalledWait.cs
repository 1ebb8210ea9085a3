using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what may wait in a method of another class, as far as its source shows it: the names of locks and threads, and the fields that they are in.</summary>
internal static class CalledWait
{
    // The method, and those of the same class that it calls.
    private const int Depth = 2;

    /// <summary>What may wait in the method; null if nothing is seen.</summary>
    public static string? Find(IMethodSymbol method, CancellationToken cancellationToken) => Find(method, Depth, cancellationToken);

    private static string? Find(IMethodSymbol method, int depth, CancellationToken cancellationToken)
    {
        // Which one of several runs is not known.
        if (depth == 0 || method.IsAbstract || (method.IsVirtual && !method.ContainingType.IsSealed) || method.DeclaringSyntaxReferences.Length != 1)
            return null;
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        // An async method gives a task, and who waits for that is seen.
        if (method.IsAsync)
            return null;
        return declaration.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Select(node => FindWait(node, method, depth, cancellationToken))
            .FirstOrDefault(wait => wait is not null);
    }

    private static string? FindWait(SyntaxNode node, IMethodSymbol method, int depth, CancellationToken cancellationToken) => node switch
    {
        LockStatementSyntax { Expression: var held } => IsShared(held, method) ? "'lock'" : null,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => FindWait(access, call, method),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax own } when FindOwn(own, method) is { } next => Find(next, depth - 1, cancellationToken),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result when FindType(result.Expression, method) is { Name: "Task" or "ValueTask" } type => $"{type.Name}.Result",
        _ => null,
    };

    private static string? FindWait(MemberAccessExpressionSyntax access, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        string name = access.Name.Identifier.ValueText;
        if (call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString() is "0" or "TimeSpan.Zero"))
            return null;
        if (FindType(access.Expression, method) is { } type)
            return IsThreading(type) && name is "Wait" or "WaitOne" or "Join" or "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" ? $"{type.Name}.{name}" : null;
        return access.Expression is IdentifierNameSyntax { Identifier.ValueText: "Thread" } && name == "Sleep" && !method.ContainingType.GetMembers("Thread").Any() ? "Thread.Sleep" : null;
    }

    // The type of a field or property of the class.
    private static ITypeSymbol? FindType(ExpressionSyntax expression, IMethodSymbol method) => FindMember(expression, method) switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static ISymbol? FindMember(ExpressionSyntax expression, IMethodSymbol method) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } when !IsLocal(name, expression, method) => method.ContainingType.GetMembers(name).FirstOrDefault(),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } => method.ContainingType.GetMembers(name).FirstOrDefault(),
        _ => null,
    };

    private static bool IsLocal(string name, SyntaxNode node, IMethodSymbol method) =>
        method.Parameters.Any(parameter => parameter.Name == name)
        || node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().Any(each => each switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
            ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            _ => false,
        }) == true;

    private static IMethodSymbol? FindOwn(IdentifierNameSyntax name, IMethodSymbol method) =>
        method.ContainingType.GetMembers(name.Identifier.ValueText) is { Length: 1 } members ? members[0] as IMethodSymbol : null;

    // A lock of the class's own is held for a moment; one that others can take is held for as long as they like.
    private static bool IsShared(ExpressionSyntax held, IMethodSymbol method) =>
        held is ThisExpressionSyntax || FindMember(held, method) is IFieldSymbol { DeclaredAccessibility: Accessibility.Public } or IPropertySymbol { DeclaredAccessibility: Accessibility.Public };

    private static bool IsThreading(ITypeSymbol type) => type.ContainingNamespace?.ToString() is "System.Threading" or "System.Threading.Tasks";
}
