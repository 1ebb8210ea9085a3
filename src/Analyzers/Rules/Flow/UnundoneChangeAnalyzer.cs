using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what Preserve does to the file, or puts into the object of an FLB, that Unpreserve does not take back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnundoneChangeAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor OfFile = Rules.NothingReleased.CreateDescriptor(
        "Preserve calls '{0}', and Unpreserve never calls '{1}': when the session is closed before the reboot, the file stays so for good. Call it in Unpreserve.");

    private static readonly DiagnosticDescriptor OfFlb = Rules.NothingReleased.CreateDescriptor(
        "Preserve adds to '{0}' of the FLB, and Unpreserve takes nothing out: when the session is closed, an entry of a file that is not preserved stays, and is handed over with those of others. Take it out in Unpreserve.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [OfFile, OfFlb];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Preserve) is not { } preserve || code.FindBody(CallbackKind.Unpreserve) is null || code.Handler.PrivateDataType is not null)
            return;
        if (code.FindParameter(CallbackKind.Preserve, ParameterRole.File) is { } file)
            AnalyzeFile(code, preserve, file, report);
        if (code.FindParameter(CallbackKind.Preserve, ParameterRole.FlbObject) is { } shared && code.FindParameter(CallbackKind.Unpreserve, ParameterRole.FlbObject) is null
            && preserve.OwnDescendants().FirstOrDefault(operation => Adds(operation, shared)) is { } adding)
            report(Diagnostic.Create(OfFlb, adding.Syntax.GetLocation(), shared.Name));
    }

    private static void AnalyzeFile(HandlerCode code, IBlockOperation preserve, IParameterSymbol file, Action<Diagnostic> report)
    {
        var undoing = code.Reach(CallbackKind.Unpreserve).ToImmutableArray();
        // Who else gets the file may take it back.
        if (undoing.OfType<IInvocationOperation>().Any(call => code.FindBody(call.TargetMethod.OriginalDefinition) is null && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.Unwrap().Type, file.Type))))
            return;
        foreach (IInvocationOperation call in preserve.OwnDescendants().OfType<IInvocationOperation>())
        {
            if (call.TargetMethod.ReturnsVoid
                && !call.FreezesMapping()
                && call.Instance.Refers(file)
                && call.Arguments.IsEmpty
                && FileChange.FindCounterparts(call.TargetMethod.Name).FirstOrDefault(name => Has(file.Type, name)) is { } counterpart
                && !undoing.Any(operation => Calls(operation, file.Type, FileChange.FindCounterparts(call.TargetMethod.Name)))
                && !preserve.Descendants().OfType<IInvocationOperation>().Any(other => other.Syntax.SpanStart > call.Syntax.SpanStart && !other.Ancestors().Any(each => each is IAnonymousFunctionOperation or ICatchClauseOperation)
                    && other.TargetMethod.Name == counterpart))
                report(Diagnostic.Create(OfFile, call.Syntax.GetLocation(), $"{file.Name}.{call.TargetMethod.Name}", $"{file.Name}.{counterpart}"));
        }
    }

    private static bool Has(ITypeSymbol type, string method)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (!each.GetMembers(method).IsEmpty)
                return true;
        }
        return false;
    }

    private static bool Calls(IOperation operation, ITypeSymbol type, IEnumerable<string> names) => operation switch
    {
        IInvocationOperation { Instance.Type: { } instance, TargetMethod.Name: var name } => SymbolEqualityComparer.Default.Equals(instance, type) && names.Contains(name),
        IMethodReferenceOperation { Instance.Type: { } instance, Method.Name: var name } => SymbolEqualityComparer.Default.Equals(instance, type) && names.Contains(name),
        // Or it is set otherwise.
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance.Type: { } instance } } => SymbolEqualityComparer.Default.Equals(instance, type),
        _ => false,
    };

    private static bool Adds(IOperation operation, IParameterSymbol shared) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Insert" or "Enqueue" or "Push" } call => call.Instance is { } instance && instance.Mentions(shared),
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } increment => increment.Target.Mentions(shared),
        _ => false,
    };
}
