using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Mutation;

/// <summary>
/// Writes mutants into a file, each beside the code that it changes: conditions negated, parts of them left out, <c>&amp;&amp;</c> and <c>||</c>,
/// limits of comparisons, numbers, and methods that return at once.
/// </summary>
internal sealed class MutationRewriter(SemanticModel model, string path, List<Mutant> mutants, ISet<int> excluded) : CSharpSyntaxRewriter
{
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        SyntaxNode? visited = base.Visit(node);
        if (node is not ExpressionSyntax original || visited is not ExpressionSyntax expression || IsConstantContext(original))
            return visited;
        return original is LiteralExpressionSyntax { Token.Value: int number }
            ? Choose(original, $"{number + 1}", expression)
            : IsBoolean(original) ? MutateCondition(original, expression) : expression;
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        bool isIterator = node.Body?.DescendantNodes(child => child is not LocalFunctionStatementSyntax and not LambdaExpressionSyntax).Any(child => child is YieldStatementSyntax) == true;
        bool isVoid = node.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        if (method.Body is null || !(isVoid || isIterator) || Create(node, "return at once") is not { } isOn)
            return method;
        StatementSyntax leave = SyntaxFactory.ParseStatement($"if ({isOn}) {(isIterator ? "yield break" : "return")};");
        return method.WithBody(method.Body.WithStatements(method.Body.Statements.Insert(0, leave)));
    }

    private ExpressionSyntax MutateCondition(ExpressionSyntax original, ExpressionSyntax expression)
    {
        // Variables of patterns and 'out' are declared once, and known to be assigned only where their condition is plain.
        bool isPlain = !original.DescendantNodesAndSelf().Any(node => node is VariableDesignationSyntax or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword });
        if (!isPlain)
            return expression;
        switch (original)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and:
                expression = Choose(original, $"({and.Left}) || ({and.Right})", expression);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or:
                expression = Choose(original, $"({or.Left}) && ({or.Right})", expression);
                break;
            case BinaryExpressionSyntax comparison when FindOtherLimit(comparison) is { } limit:
                expression = Choose(original, $"({comparison.Left}) {limit} ({comparison.Right})", expression);
                break;
        }
        return IsLogical(original)
            ? expression
            : original.Parent switch
            {
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } => Negate(original, LeaveOut(original, expression, "||", "")),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } => Negate(original, LeaveOut(original, expression, "&&", "!")),
                IfStatementSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax or SwitchExpressionArmSyntax or WhenClauseSyntax => Negate(original, expression),
                ConditionalExpressionSyntax conditional when conditional.Condition == original => Negate(original, expression),
                _ => expression,
            };
    }

    private ExpressionSyntax Choose(ExpressionSyntax original, string changed, ExpressionSyntax expression) =>
        Create(original, $"{Shorten(original)} -> {changed}") is { } isOn ? Parse($"({isOn} ? ({changed}) : ({expression}))", expression) : expression;

    private ExpressionSyntax Negate(ExpressionSyntax original, ExpressionSyntax expression) =>
        Create(original, $"{Shorten(original)} -> not") is { } isOn ? Parse($"(({expression}) ^ {isOn})", expression) : expression;

    private ExpressionSyntax LeaveOut(ExpressionSyntax original, ExpressionSyntax expression, string @operator, string not) =>
        Create(original, $"{Shorten(original)} -> left out") is { } isOn ? Parse($"(({expression}) {@operator} {not}{isOn})", expression) : expression;

    private string? Create(SyntaxNode node, string change)
    {
        int id = mutants.Count;
        mutants.Add(new Mutant(id, $"{path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", change));
        return excluded.Contains(id) ? null : MutantSwitch.IsOn(id);
    }

    private bool IsBoolean(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression) is { Type.SpecialType: SpecialType.System_Boolean } && !model.GetConstantValue(expression).HasValue;

    private static bool IsLogical(ExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.LogicalAndExpression) || expression.IsKind(SyntaxKind.LogicalOrExpression);

    private static string? FindOtherLimit(BinaryExpressionSyntax comparison) => comparison.Kind() switch
    {
        SyntaxKind.LessThanExpression => "<=",
        SyntaxKind.LessThanOrEqualExpression => "<",
        SyntaxKind.GreaterThanExpression => ">=",
        SyntaxKind.GreaterThanOrEqualExpression => ">",
        _ => null,
    };

    // Loops that never end would take the time of all the others.
    private static bool IsConstantContext(ExpressionSyntax expression) => expression.Ancestors().Any(ancestor => ancestor
        is AttributeSyntax or PatternSyntax or ParameterSyntax or EnumMemberDeclarationSyntax or CaseSwitchLabelSyntax
        or FieldDeclarationSyntax or InterpolationSyntax
        || (ancestor is LocalDeclarationStatementSyntax { IsConst: true })
        || (ancestor is WhileStatementSyntax loop && loop.Condition.Span.Contains(expression.Span))
        || (ancestor is ForStatementSyntax each && !each.Statement.Span.Contains(expression.Span)));

    private static string Shorten(SyntaxNode node) => string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static ExpressionSyntax Parse(string text, ExpressionSyntax like) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(like);
}
