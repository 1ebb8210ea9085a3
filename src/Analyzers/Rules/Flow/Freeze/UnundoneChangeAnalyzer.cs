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
        if (code.FindBody(CallbackKind.Preserve) is not { } preserve || code.Handler.PrivateDataType is not null)
            return;
        if (code.FindParameter(CallbackKind.Preserve, ParameterRole.File) is { } file)
            AnalyzeFile(code, preserve, file, report);
        if (code.FindParameter(CallbackKind.Preserve, ParameterRole.FlbObject) is { } shared && code.FindParameter(CallbackKind.Unpreserve, ParameterRole.FlbObject) is null
            // The file may have it, and what is bounded or asked for first is more than a list of files.
            && !code.Reach(CallbackKind.Unpreserve).Any(operation => operation is IInvocationOperation { TargetMethod.ContainingType: var type } && !type.IsOfRuntime())
            && !preserve.Descendants().Any(operation => Removes(operation, shared))
            && preserve.OwnDescendants().FirstOrDefault(operation => Adds(operation, shared)) is { } adding)
            report(Diagnostic.Create(OfFlb, adding.Syntax.GetLocation(), shared.Name));
    }

    private static void AnalyzeFile(HandlerCode code, IBlockOperation preserve, IParameterSymbol file, Action<Diagnostic> report)
    {
        var undoing = code.Reach(CallbackKind.Unpreserve);
        // Who else gets the file, or the file itself, may take it back.
        if (undoing.Any(operation => MayUndo(operation, file.Type, code)))
            return;
        var preserving = code.Reach(CallbackKind.Preserve);
        foreach (IInvocationOperation call in preserve.OwnDescendants().OfType<IInvocationOperation>())
        {
            string[] counterparts = [.. FileChange.FindCounterparts(call.TargetMethod.Name)];
            if (call.TargetMethod.ReturnsVoid
                && !call.FreezesMapping()
                && call.Instance.Refers(file)
                && call.Arguments.IsEmpty
                && counterparts.FirstOrDefault(name => Has(file.Type, name)) is { } counterpart
                && !undoing.Any(operation => IsSet(operation, file.Type) || Calls(operation, counterparts))
                && !preserving.Any(other => Calls(other, counterparts) && !other.Ancestors().Any(each => each is IAnonymousFunctionOperation or ICatchClauseOperation)))
                report(Diagnostic.Create(OfFile, call.Syntax.GetLocation(), $"{file.Name}.{call.TargetMethod.Name}", $"{file.Name}.{counterpart}"));
        }
    }

    private static bool MayUndo(IOperation operation, ITypeSymbol file, HandlerCode code) => operation switch
    {
        IArgumentOperation { Parent: { } call } argument => SymbolEqualityComparer.Default.Equals(argument.Value.Unwrap().Type, file)
            && !(call is IInvocationOperation { TargetMethod: var method } && code.FindBody(method.OriginalDefinition) is not null),
        IInvocationOperation { Instance.Type: { } instance } => SymbolEqualityComparer.Default.Equals(instance, file),
        _ => false,
    };

    private static bool Has(ITypeSymbol type, string method)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (!each.GetMembers(method).IsEmpty)
                return true;
        }
        return false;
    }

    private static bool Calls(IOperation operation, string[] names) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: var name } => names.Contains(name),
        IMethodReferenceOperation { Method.Name: var name } => names.Contains(name),
        _ => false,
    };

    private static bool IsSet(IOperation operation, ITypeSymbol type) =>
        operation is IAssignmentOperation { Target: IMemberReferenceOperation { Instance.Type: { } instance } } && SymbolEqualityComparer.Default.Equals(instance, type);

    // A number that counts on may be meant to.
    private static bool Adds(IOperation operation, IParameterSymbol shared) =>
        operation is IInvocationOperation { TargetMethod.Name: "Add" or "Insert" or "Enqueue" or "Push", Instance: { } instance } && IsOf(instance, shared);

    private static bool Removes(IOperation operation, IParameterSymbol shared) =>
        operation is IInvocationOperation { TargetMethod.Name: "Remove" or "RemoveAt" or "Dequeue" or "Pop" or "Clear" or "Contains", Instance: { } instance } && IsOf(instance, shared);

    // The object itself, or what is in it.
    private static bool IsOf(IOperation operation, IParameterSymbol shared) =>
        operation.Refers(shared) || (operation.Unwrap() is IMemberReferenceOperation { Instance: { } instance } && IsOf(instance, shared));
}
