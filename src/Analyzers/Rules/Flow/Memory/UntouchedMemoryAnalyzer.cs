using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds failures of Retrieve that come before it has touched what the state names: memory that Finish frees by hand of files that nobody
/// retrieves, and that nobody frees of this one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntouchedMemoryAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.LeakOnFailure.CreateDescriptor(
        "When Retrieve fails here, what '{0}' names is lost for good: it has not been looked for yet, LUO never calls Retrieve again, and Finish gets no state after a failure. Free it first, as Finish does.");

    private static readonly string[] LayoutNames = ["Version", "Magic", "Signature", "Revision", "Format", "Layout"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is null
            || code.FindBody(CallbackKind.Retrieve) is not { } body
            || code.FindParameter(CallbackKind.Retrieve, ParameterRole.State) is not { } state
            || !code.Reach(body).Any(IsConsumed)
            || !code.Reach(CallbackKind.Finish).Any(IsConsumed)
            || body.Descendants().Any(operation => operation is ILocalFunctionOperation or IUsingOperation or IUsingDeclarationOperation))
            return;
        var finding = code.Reach(CallbackKind.Finish).OfType<IInvocationOperation>().Where(call => call.FindsInherited() || call.TriesInherited()).ToImmutableArray();
        if (finding.Select(call => call.FindAddress()).OfType<IFieldReferenceOperation>().FirstOrDefault(field => IsOfState(field.Field, code)) is not { } named)
            return;
        // How long it is belongs to what it is found by: where that is wrong, it can't be found.
        var fields = new HashSet<ISymbol>(finding.SelectMany(call => call.Arguments).SelectMany(argument => argument.Descendants()).OfType<IFieldReferenceOperation>()
            .Select(field => field.Field).Where(field => IsOfState(field, code)), SymbolEqualityComparer.Default);
        foreach (IOperation failure in FindFailures(code, body, operation => Touches(operation, code, state, fields)))
            report(Diagnostic.Create(Descriptor, failure.Syntax.GetLocation(), $"{state.Name}.{named.Field.Name}"));
    }

    private static bool IsConsumed(IOperation operation) => operation is IInvocationOperation call && call.ConsumesInherited();

    private static bool IsOfState(IFieldSymbol field, HandlerCode code) => SymbolEqualityComparer.Default.Equals(field.ContainingType, code.Handler.StateType);

    // What is reached from the start without anything that may have to do with the memory.
    private static IEnumerable<IOperation> FindFailures(HandlerCode code, IBlockOperation body, Func<IOperation, bool> touches)
    {
        var failures = FindFailures(body);
        if (failures.Count == 0 || code.FindFlow(body) is not { } flow)
            yield break;
        var seen = new HashSet<BasicBlock>();
        var waiting = new Stack<BasicBlock>();
        waiting.Push(flow.Blocks[0]);
        while (waiting.Count > 0)
        {
            BasicBlock block = waiting.Pop();
            if (!seen.Add(block) || block.Operations.Any(operation => operation.DescendantsAndSelf().Any(touches)))
                continue;
            if (block.BranchValue is { } value)
            {
                if (value.DescendantsAndSelf().Any(touches))
                    continue;
                if (failures.TryGetValue(value.Syntax, out IOperation? failure))
                    yield return failure;
            }
            foreach (ControlFlowBranch? branch in new[] { block.ConditionalSuccessor, block.FallThroughSuccessor })
            {
                if (branch?.Destination is { } destination)
                    waiting.Push(destination);
            }
        }
    }

    // By the syntax by which the control flow knows it. What a catch or finally around it does is not asked.
    private static Dictionary<SyntaxNode, IOperation> FindFailures(IBlockOperation body)
    {
        var failures = new Dictionary<SyntaxNode, IOperation>();
        foreach (IOperation operation in body.OwnDescendants().Where(each => !each.Ancestors().Any(outer => outer is ITryOperation)))
        {
            if (operation is IThrowOperation { Exception: { } exception })
                failures[exception.Syntax] = operation;
            else if (operation is IReturnOperation { ReturnedValue: { } value } && value.Type.IsErrno() && value.FindConstant() is not (null or 0))
                failures[value.Syntax] = operation;
        }
        return failures;
    }

    private static bool Touches(IOperation operation, HandlerCode code, IParameterSymbol state, HashSet<ISymbol> fields) => operation switch
    {
        IFieldReferenceOperation { Field: var field } => fields.Contains(field) || IsOfLayout(field.Name),
        // What a version means may be anywhere.
        IMemberReferenceOperation { Member.Name: var name } => IsOfLayout(name),
        IInvocationOperation call => call.IsOfKho() || MayTouch(call, code),
        IObjectCreationOperation creation => creation.Arguments.Any(argument => IsGiven(argument, state)),
        IAnonymousFunctionOperation or IFlowAnonymousFunctionOperation or IMethodReferenceOperation or IDynamicInvocationOperation => true,
        // A copy of the whole may be used for anything.
        IParameterReferenceOperation parameter when parameter.Refers(state) => operation.Parent is not (IMemberReferenceOperation or IArgumentOperation),
        _ => false,
    };

    // Methods of the handler that come to nothing of Kexec Handover only look.
    private static bool MayTouch(IInvocationOperation call, HandlerCode code)
    {
        if (code.FindBody(call.TargetMethod.OriginalDefinition) is { } body)
            return code.Reach(body).Any(operation => operation is IInvocationOperation inner && (inner.IsOfKho() || IsUnknown(inner, code)));
        return IsUnknown(call, code);
    }

    private static bool IsUnknown(IInvocationOperation call, HandlerCode code) => code.FindBody(call.TargetMethod.OriginalDefinition) is null
        && (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || call.Arguments.Any(argument => argument.PassesKho() || SymbolEqualityComparer.Default.Equals(argument.Value.Unwrap().Type, code.Handler.StateType)));

    private static bool IsGiven(IArgumentOperation argument, IParameterSymbol state) => argument.PassesKho() || argument.Value.Refers(state);

    // A state of another layout can't be read, so that nothing in it can be freed.
    private static bool IsOfLayout(string name) => LayoutNames.Any(each => name.IndexOf(each, StringComparison.OrdinalIgnoreCase) >= 0);
}
