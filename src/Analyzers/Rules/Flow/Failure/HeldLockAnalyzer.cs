using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds locks that are left where all goes well, and kept where a method returns or throws in between.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldLockAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.LeakOnFailure.CreateDescriptor(
        "'{0}' on line {1} is not taken back on this way out: the lock stays held, and whoever wants it next waits for ever. Call '{2}' in a 'finally'.");

    private static readonly (string Entered, string Left)[] Pairs =
    [
        ("EnterReadLock", "ExitReadLock"), ("EnterWriteLock", "ExitWriteLock"), ("EnterUpgradeableReadLock", "ExitUpgradeableReadLock"),
        ("Enter", "Exit"), ("Wait", "Release"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (IInvocationOperation entering in code.Operations.OfType<IInvocationOperation>())
        {
            if (entering is { TargetMethod.ReturnsVoid: true, Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement } && IsOfThreading(entering) && FindLeaving(entering) is { } left
                && !entering.Ancestors().Any(each => each is ITryOperation { Finally: { } last } && last.Descendants().Any(operation => Leaves(operation, entering, left))))
                Analyze(entering, left, block.Operations.SkipWhile(each => each != statement).Skip(1), report);
        }
    }

    // Statement by statement, until the lock is left: a statement that leaves it anywhere is trusted with its ways out.
    private static void Analyze(IInvocationOperation entering, string left, IEnumerable<IOperation> statements, Action<Diagnostic> report)
    {
        IOperation? exit = null;
        foreach (IOperation statement in statements)
        {
            if (statement.Descendants().Any(operation => Leaves(operation, entering, left)))
            {
                // One that is left in a plain statement is left nowhere else; a 'finally' leaves it on all ways.
                if (exit is not null && statement is IExpressionStatementOperation)
                {
                    int line = entering.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    report(Diagnostic.Create(Descriptor, exit.Syntax.GetLocation(), [entering.Syntax.GetLocation()], entering.Syntax.ToString(), line, left));
                }
                return;
            }
            exit ??= statement.OwnDescendants().FirstOrDefault(operation => operation is IReturnOperation { IsImplicit: false } || (operation is IThrowOperation && !operation.Ancestors().TakeWhile(each => each != statement.Parent).Any(each => each is ITryOperation)));
        }
    }

    private static bool Leaves(IOperation operation, IInvocationOperation entering, string left) => operation is IInvocationOperation call
        && call.TargetMethod.Name == left
        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, entering.TargetMethod.ContainingType)
        && Held(call) == Held(entering);

    // What is locked, by its name: the same for both calls.
    private static string? Held(IInvocationOperation call) => (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.Syntax.ToString();

    private static string? FindLeaving(IInvocationOperation entering) =>
        Pairs.FirstOrDefault(pair => pair.Entered == entering.TargetMethod.Name).Left;

    private static bool IsOfThreading(IInvocationOperation call) => call.TargetMethod.ContainingType.ContainingNamespace?.ToString() == "System.Threading";
}
