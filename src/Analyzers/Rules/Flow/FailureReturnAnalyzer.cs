using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds branches that were taken because something failed, and return another error that is still <c>Errno.None</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FailureReturnAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.FailureReturnsSuccess.CreateDescriptor(
        "'{0}' is returned because '{1}' failed, but '{0}' can still be Errno.None here, and LUO then takes the failure for success. Return the error that was found.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (KeyValuePair<IMethodSymbol, IBlockOperation> each in code.Bodies)
        {
            if (!each.Key.ReturnType.IsErrno())
                continue;
            var suspects = each.Value.OwnDescendants().OfType<IReturnOperation>().Select(FindSuspect).OfType<Suspect>().ToImmutableArray();
            // What an exception does to a variable can't be seen along the ordinary ways.
            if (suspects.IsEmpty || each.Value.Descendants().Any(operation => operation is ITryOperation) || code.CreateFlow(each.Value) is not { } flow)
                continue;
            var facts = ErrnoFlow.Analyze(flow, code.CancellationToken);
            foreach (Suspect suspect in suspects)
            {
                if (facts.TryGetValue(suspect.Returned.Syntax, out ErrnoValues values) && suspect.IsWrong(values))
                    report(Diagnostic.Create(Descriptor, suspect.Returned.Syntax.GetLocation(), suspect.Returned.Local.Name, suspect.Failed));
            }
        }
    }

    private static Suspect? FindSuspect(IReturnOperation operation)
    {
        if (operation.ReturnedValue?.Unwrap() is not ILocalReferenceOperation returned)
            return null;
        IConditionalOperation? conditional = operation.Ancestors().OfType<IConditionalOperation>().FirstOrDefault();
        if (conditional is null)
            return null;
        bool isWhenTrue = operation.IsIn(conditional.WhenTrue);
        if (ErrnoTest.Find(conditional.Condition) is { } test && test.IsFailureWhenTrue == isWhenTrue)
        {
            return test.Value switch
            {
                ILocalReferenceOperation tested when !SymbolEqualityComparer.Default.Equals(tested.Local, returned.Local) => new(returned, tested.Local.Name, false),
                IInvocationOperation call => new(returned, call.TargetMethod.Name, false),
                _ => null,
            };
        }
        IOperation condition = conditional.Condition.Unwrap();
        bool isNegated = condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        if (isNegated)
            condition = ((IUnaryOperation)condition).Operand.Unwrap();
        return condition is IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } attempt
            && attempt.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal)
            && isNegated == isWhenTrue
            ? new(returned, attempt.TargetMethod.Name, true)
            : null;
    }

    /// <summary>A return where something failed. That an attempt fails may be no error, unless the variable was one before.</summary>
    private sealed record Suspect(ILocalReferenceOperation Returned, string Failed, bool IsAttempt)
    {
        public bool IsWrong(ErrnoValues values) => IsAttempt ? values == (ErrnoValues.None | ErrnoValues.Error) : values.HasFlag(ErrnoValues.None);
    }
}
