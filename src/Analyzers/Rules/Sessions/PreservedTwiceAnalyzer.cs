using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds one file under two tokens: in two calls on one session, and in the properties that a typed session is made with.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PreservedTwiceAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.FilePreservedTwice.CreateDescriptor(
        "'{0}' has a token already, on line {1}: LUO preserves a file once, and refuses it under a second one (EBUSY). Preserve it once, and ask for that.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateDevice).IsEmpty)
                return;
            start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
            start.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        // An attempt, or one whose failure is caught, is ready for a refusal.
        if (SessionOperation.Find(invocation) is not { IsTry: false, TargetVariable: { } session } call
            || FindFile(call) is not { } file
            || invocation.Ancestors().Any(each => each is ITryOperation { Catches.IsEmpty: false }))
            return;
        IOperation method = invocation.FindRoot();
        if (method.Changes(file) || method.Changes(session))
            return;
        SessionOperation? first = method.Descendants().OfType<IInvocationOperation>()
            .Where(each => each.Syntax.Span.End < invocation.Syntax.Span.End)
            .Select(SessionOperation.Find)
            .OfType<SessionOperation>()
            .FirstOrDefault(earlier => !earlier.IsTry
                && SymbolEqualityComparer.Default.Equals(FindFile(earlier), file)
                && SymbolEqualityComparer.Default.Equals(earlier.TargetVariable, session)
                && Precedence.IsBefore(earlier.Invocation.Syntax, invocation.Syntax));
        if (first is not null)
            Report(context, invocation, file, first.Invocation);
    }

    private static ISymbol? FindFile(SessionOperation call) => call.Name switch
    {
        "PreserveFile" => SessionOperation.FindVariable(call.FindArgument("file")),
        "PreserveFd" => SessionOperation.FindVariable(call.FindArgument("descriptor")),
        _ => null,
    };

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Initializer is not { } initializer || !SessionOperation.IsTyped(creation.Type))
            return;
        var given = new Dictionary<ISymbol, IOperation>(SymbolEqualityComparer.Default);
        foreach (ISimpleAssignmentOperation assignment in initializer.Initializers.OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is not IPropertyReferenceOperation { Property: var property }
                || property.FindAttribute(WellKnownTypeNames.TokenAttribute) is null
                || SessionOperation.FindVariable(assignment.Value) is not { } file)
                continue;
            if (given.TryGetValue(file, out IOperation first))
                Report(context, assignment, file, first);
            else
                given.Add(file, assignment);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation second, ISymbol file, IOperation first) => context.ReportDiagnostic(Diagnostic.Create(
        Descriptor, second.Syntax.GetLocation(), [first.Syntax.GetLocation()], file.Name, first.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
}
