using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds leases on FLBs that nobody gives back, and objects of leases that are used after they were given back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeaseAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NotDisposed = Rules.Lease.CreateDescriptor(
        "The lease that {0} gives is never disposed, so the FLB's object is held for ever, even into the next kernel, and never finished. Put it in a 'using'.");

    private static readonly DiagnosticDescriptor UsedAfter = Rules.Lease.CreateDescriptor(
        "The object of '{0}' is used after the lease is given back, when LUO may have finished it already. Keep the lease for as long as its object is used.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotDisposed, UsedAfter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName("LuoHandlers.Orchestrator.FlbLease`1").IsEmpty)
                return;
            start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.Type is not INamedTypeSymbol { Name: "FlbLease", Arity: 1 } || !(call.TargetMethod.ContainingType.IsOfRuntime() || TypeBinder.IsGenerated(call.TargetMethod)))
            return;
        switch (call.ParentUnwrapped())
        {
            case IExpressionStatementOperation:
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
            case IPropertyReferenceOperation:
                Report(NotDisposed, call.Syntax, call.TargetMethod.Name);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                AnalyzeLocal(call, declarator);
                break;
        }

        void AnalyzeLocal(IInvocationOperation taking, IVariableDeclaratorOperation declarator)
        {
            ILocalSymbol local = declarator.Symbol;
            IOperation body = declarator.FindRoot();
            var references = body.FindReferences(local).ToImmutableArray();
            bool isUsing = declarator.Ancestors().Any(each => each is IUsingDeclarationOperation || (each is IUsingOperation { Resources: { } resources } && declarator.IsIn(resources)));
            // Anything but a look at its members may be somebody else's taking over.
            if (!isUsing && (references.All(reference => reference.ParentUnwrapped() is IPropertyReferenceOperation) || IsLeftBefore(declarator, references)))
                Report(NotDisposed, taking.Syntax, taking.TargetMethod.Name);
            // Later it may be another lease.
            if (references.Any(reference => reference.Parent is IAssignmentOperation assignment && assignment.Target == reference))
                return;
            foreach (ILocalReferenceOperation reference in references)
            {
                if (reference.Parent is not IPropertyReferenceOperation { Property.Name: "Object" } taken)
                    continue;
                IOperation[] late = [.. FindUses(taken, body).Where(use => (isUsing && Leaves(use)) || references.Any(other => IsDisposedBefore(other, use)))];
                foreach (IOperation use in late)
                    Report(UsedAfter, use.Syntax, local.Name);
                if (late.Length == 0 && isUsing && (ReturnsPart(taken) || (FindCopy(taken) is { } copy && IsUsedLater(copy, declarator, body))))
                    Report(UsedAfter, taken.Syntax, local.Name);
            }
        }

        void Report(DiagnosticDescriptor descriptor, SyntaxNode syntax, string name) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, syntax.GetLocation(), name));
    }

    // A return or a throw between the lease and its end, in the statements of one block.
    private static bool IsLeftBefore(IVariableDeclaratorOperation declarator, ImmutableArray<ILocalReferenceOperation> references)
    {
        if (references.Any(reference => reference.ParentUnwrapped() is not (IPropertyReferenceOperation or IInvocationOperation { TargetMethod.Name: "Dispose" }))
            || declarator.Ancestors().FirstOrDefault(each => each is IBlockOperation) is not IBlockOperation block)
            return false;
        var ends = references.Where(reference => reference.Parent is IInvocationOperation { TargetMethod.Name: "Dispose" }).ToImmutableArray();
        return ends.Length == 1
            && ends[0].Parent!.Parent is IExpressionStatementOperation statement
            && statement.Parent == block
            && block.Descendants().Any(each => each is IReturnOperation or IThrowOperation
                && each.Syntax.SpanStart > declarator.Syntax.Span.End
                && each.Syntax.SpanStart < statement.Syntax.SpanStart
                && !each.Ancestors().TakeWhile(outer => outer != block).Any(outer => outer is IAnonymousFunctionOperation or ILocalFunctionOperation or ITryOperation));
    }

    // A variable that is nothing but the object.
    private static ILocalSymbol? FindCopy(IPropertyReferenceOperation use) => use.ParentUnwrapped() switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation copy } => copy.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value.Unwrap() == use => target.Local,
        _ => null,
    };

    // After the block that the lease ends with, or by a function that is returned.
    private static bool IsUsedLater(ILocalSymbol copy, IVariableDeclaratorOperation lease, IOperation body)
    {
        int end = lease.Ancestors().FirstOrDefault(each => each is IUsingOperation or IBlockOperation)?.Syntax.Span.End ?? int.MaxValue;
        var references = body.FindReferences(copy).ToImmutableArray();
        // Something else, perhaps, by then.
        return !references.Any(reference => reference.Syntax.SpanStart > end && reference.Parent is IAssignmentOperation assignment && assignment.Target == reference)
            && references.Any(reference => (reference.Syntax.SpanStart > end && !IsComparedToNull(reference)) || IsInReturnedFunction(reference));
    }

    private static bool IsComparedToNull(IOperation reference) =>
        reference.ParentUnwrapped() is IIsPatternOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals };

    private static bool IsInReturnedFunction(IOperation reference) =>
        reference.Ancestors().FirstOrDefault(each => each is IAnonymousFunctionOperation) is { } function
        && function.Ancestors().FirstOrDefault(each => each is not (IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)) is IReturnOperation;

    // What the object holds, if it is an object as well. What a property computes may be new.
    private static bool ReturnsPart(IPropertyReferenceOperation taken) =>
        taken.ParentUnwrapped() is IPropertyReferenceOperation { Type: { IsReferenceType: true, SpecialType: not SpecialType.System_String } } part
        && part.Property.ContainingType.GetMembers().Any(each => each is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, part.Property))
        && part.Type!.ContainingNamespace?.ToString() is not ("System.Collections.Immutable" or "System.Collections.Frozen")
        && part.ParentUnwrapped() is IReturnOperation;

    // The object where it is taken from the lease, and where a variable is used that is nothing but another name of it.
    private static IEnumerable<IOperation> FindUses(IPropertyReferenceOperation taken, IOperation body)
    {
        yield return taken;
        if (taken.FindDeclarator() is not { Symbol: var name })
            yield break;
        var uses = body.FindReferences(name).ToImmutableArray();
        if (uses.Any(use => use.Parent is IAssignmentOperation assignment && assignment.Target == use || use.Parent is IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) }))
            yield break;
        foreach (ILocalReferenceOperation use in uses)
            yield return use;
    }

    // Returned or kept: the object itself, not something of it.
    private static bool Leaves(IOperation use)
    {
        IOperation value = use;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation || (value.Parent is IConditionalOperation conditional && conditional.Condition != value))
            value = value.Parent!;
        return value.Parent is IReturnOperation
            || (value.Parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment && IsKept(target, assignment));
    }

    // In this object or for all; not in one that is made here, and not where it is taken out again.
    private static bool IsKept(IMemberReferenceOperation target, ISimpleAssignmentOperation assignment) =>
        target.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } or IParameterReferenceOperation
        && !assignment.FindRoot().Descendants().OfType<ISimpleAssignmentOperation>().Any(other => other != assignment
            && other.Target is IMemberReferenceOperation again && SymbolEqualityComparer.Default.Equals(again.Member, target.Member));

    // In the statements of one block, one after the other.
    private static bool IsDisposedBefore(ILocalReferenceOperation other, IOperation use) =>
        other.Parent is IInvocationOperation { TargetMethod.Name: "Dispose", Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement }
        && use.IsIn(block)
        && use.Syntax.SpanStart > statement.Syntax.Span.End
        && !use.Ancestors().TakeWhile(each => each != block).Any(each => each is IAnonymousFunctionOperation or ILocalFunctionOperation);
}
