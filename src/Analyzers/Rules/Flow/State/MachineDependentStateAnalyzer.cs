using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3013: fields of the state that mean one thing on one machine, or in one build, and another elsewhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MachineDependentStateAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.ConditionalState.CreateDescriptor(
        "'{0}' of the state depends on '{1}' here, so one compatible string stands for two meanings of it, and the next kernel can't tell which one it got. Hand over the same everywhere, or use a string for each.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is not { } state)
            return;
        var written = new[] { CallbackKind.Preserve, CallbackKind.Freeze }.SelectMany(kind => code.Reach(kind)).OfType<IMemberReferenceOperation>()
            .Where(reference => IsOfState(reference) && reference.Parent is IAssignmentOperation assignment && assignment.Target == reference)
            .ToArray();
        // Who hands the size over as well lets the next kernel tell.
        bool tellsUnit = written.Any(reference => ((IAssignmentOperation)reference.Parent!).Value.Unwrap() is IPropertyReferenceOperation or ISizeOfOperation && MachineTest.Find(((IAssignmentOperation)reference.Parent!).Value) is not null);
        var read = code.Reach(CallbackKind.Retrieve).OfType<IMemberReferenceOperation>().Where(IsOfState);
        var reported = new HashSet<(SyntaxNode Place, string Name)>();
        foreach (IMemberReferenceOperation reference in written)
        {
            if ((FindTest(reference) ?? FindTestOfValue(reference) ?? FindDirective(reference) ?? (tellsUnit ? null : FindUnit(((IAssignmentOperation)reference.Parent!).Value))) is { } reason)
                Report(reference, reason);
        }
        foreach (IMemberReferenceOperation reference in read)
        {
            if (FindTest(reference) is { } reason)
                Report(reference, reason);
        }

        bool IsOfState(IMemberReferenceOperation reference) =>
            reference.Member is IFieldSymbol or IPropertySymbol && SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType, state);

        void Report(IMemberReferenceOperation reference, string reason)
        {
            if (reported.Add((FindPlace(reference), reference.Member.Name)))
                report(Diagnostic.Create(Descriptor, reference.Syntax.GetLocation(), reference.Member.Name, reason));
        }
    }

    // Both answers of one question are one mistake.
    private static SyntaxNode FindPlace(IOperation reference) =>
        reference.Ancestors().OfType<IConditionalOperation>().FirstOrDefault(conditional => conditional.Type is not null && MachineTest.Find(conditional.Condition) is not null)?.Syntax
        ?? reference.Syntax;

    /// <summary>The question that decides whether this runs. If one of the answers is a failure, the handler does not work there at all.</summary>
    private static string? FindTest(IOperation operation)
    {
        IOperation inner = operation;
        foreach (IOperation outer in operation.Ancestors())
        {
            string? test = outer switch
            {
                IConditionalOperation conditional when conditional.Condition != inner && !Fails(inner) && !Fails(conditional.WhenTrue == inner ? conditional.WhenFalse : conditional.WhenTrue) =>
                    MachineTest.Find(conditional.Condition),
                ISwitchOperation choice when choice.Value != inner => MachineTest.Find(choice.Value),
                ISwitchExpressionOperation choice when choice.Value != inner => MachineTest.Find(choice.Value),
                _ => null,
            };
            if (test is not null)
                return test;
            inner = outer;
        }
        return null;
    }

    private static string? FindTestOfValue(IOperation target) => ((IAssignmentOperation)target.Parent!).Value.DescendantsAndSelf()
        .Select(each => each switch
        {
            IConditionalOperation { WhenFalse: { } whenFalse } conditional when !Fails(conditional.WhenTrue) && !Fails(whenFalse) => MachineTest.Find(conditional.Condition),
            ISwitchExpressionOperation choice => MachineTest.Find(choice.Value),
            _ => null,
        })
        .FirstOrDefault(test => test is not null);

    // How often a size of the machine fits, with the size here or in a variable. What is multiplied by it again is in bytes.
    private static string? FindUnit(IOperation value)
    {
        if (value.DescendantsAndSelf().Any(each => each is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply }))
            return null;
        foreach (IOperation each in value.DescendantsAndSelf())
        {
            if (each is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift } calculation)
            {
                IOperation operand = calculation.RightOperand.Unwrap();
                if (operand is ILocalReferenceOperation { Local: var local })
                    operand = value.FindRoot().FindInitialValue(local)?.Unwrap() ?? operand;
                if (operand is IPropertyReferenceOperation or ISizeOfOperation or IConditionalOperation && MachineTest.Find(operand) is { } size)
                    return size;
            }
        }
        return null;
    }

    private static string? FindDirective(IOperation target) =>
        target.Syntax.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method && ConditionalCode.FindDirective(target.Syntax, method) is { } directive
            ? directive.ToString().Trim()
            : null;

    private static bool Fails(IOperation? branch) =>
        branch is not null && branch.DescendantsAndSelf().Any(each => each is IThrowOperation || (each is IReturnOperation { ReturnedValue: { } value } && value.Type.IsErrno() && !value.IsConstant(0)));
}
