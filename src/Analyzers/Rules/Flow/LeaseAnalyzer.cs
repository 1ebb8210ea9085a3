using System.Collections.Immutable;
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
        if (call.Type is not INamedTypeSymbol { Name: "FlbLease", Arity: 1 } type || !type.IsOfRuntime() || !call.TargetMethod.ContainingType.IsOfRuntime())
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
            IOperation? body = declarator.Ancestors().LastOrDefault();
            var references = body?.Descendants().OfType<ILocalReferenceOperation>().Where(reference => reference.Refers(local)).ToImmutableArray() ?? [];
            bool isUsing = declarator.Ancestors().Any(each => each is IUsingDeclarationOperation || (each is IUsingOperation { Resources: { } resources } && declarator.IsIn(resources)));
            // Anything but a look at its members may be somebody else's taking over.
            if (!isUsing && references.All(reference => reference.ParentUnwrapped() is IPropertyReferenceOperation))
                Report(NotDisposed, taking.Syntax, taking.TargetMethod.Name);
            foreach (ILocalReferenceOperation reference in references)
            {
                if (reference.Parent is IPropertyReferenceOperation { Property.Name: "Object" } use
                    && ((isUsing && Escapes(use)) || references.Any(other => IsDisposedBefore(other, use))))
                    Report(UsedAfter, use.Syntax, local.Name);
            }
        }

        void Report(DiagnosticDescriptor descriptor, SyntaxNode syntax, string name) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, syntax.GetLocation(), name));
    }

    // The object itself, not something of it.
    private static bool Escapes(IPropertyReferenceOperation use)
    {
        IOperation value = use;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation || (value.Parent is IConditionalOperation conditional && conditional.Condition != value))
            value = value.Parent!;
        return value.Parent is IReturnOperation
            || value.Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation };
    }

    // In the statements of one block, one after the other.
    private static bool IsDisposedBefore(ILocalReferenceOperation other, IOperation use) =>
        other.Parent is IInvocationOperation { TargetMethod.Name: "Dispose", Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement }
        && use.IsIn(block)
        && use.Syntax.SpanStart > statement.Syntax.Span.End
        && !use.Ancestors().TakeWhile(each => each != block).Any(each => each is IAnonymousFunctionOperation or ILocalFunctionOperation)
        && !block.Ancestors().Any(each => each is ILoopOperation);
}
