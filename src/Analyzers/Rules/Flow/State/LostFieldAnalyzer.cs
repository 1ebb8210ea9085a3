using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds fields of a handler that are written before the kexec and read after it: by another object, in another kernel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LostFieldAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.LostField.CreateDescriptor(
        "'{0}' is written in {1} and read in {2}, but {2} runs in the next kernel, with a new handler object, where '{0}' is as at the start. Hand it over in the state.");

    private static readonly ImmutableArray<CallbackKind> Before = [CallbackKind.Preserve, CallbackKind.Unpreserve, CallbackKind.Freeze, CallbackKind.Unfreeze];
    private static readonly ImmutableArray<CallbackKind> After = [CallbackKind.Retrieve, CallbackKind.CanFinish, CallbackKind.Finish];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var before = FindReferences(code, Before);
        var after = FindReferences(code, After);
        foreach (IGrouping<ISymbol, (CallbackKind Kind, IMemberReferenceOperation Reference)> field in after.GroupBy(each => each.Reference.Member, SymbolEqualityComparer.Default))
        {
            // What the next kernel sets for itself, or the constructor may have, is not lost.
            if (field.Any(each => IsWritten(each.Reference)))
                continue;
            var needed = field.Where(each => !IsAllRightWithout(each.Reference)).ToImmutableArray();
            if (needed.IsEmpty)
                continue;
            var writes = before.Where(each => SymbolEqualityComparer.Default.Equals(each.Reference.Member, field.Key) && IsWritten(each.Reference)).ToImmutableArray();
            if (writes.IsEmpty)
                continue;
            (CallbackKind kind, IMemberReferenceOperation reference) = needed[0];
            report(Diagnostic.Create(
                Descriptor, reference.Syntax.GetLocation(), [writes[0].Reference.Syntax.GetLocation()], field.Key.Name, writes[0].Kind, kind));
        }
    }

    private static ImmutableArray<(CallbackKind Kind, IMemberReferenceOperation Reference)> FindReferences(HandlerCode code, ImmutableArray<CallbackKind> kinds) =>
        kinds.SelectMany(kind => code.Reach(kind)
            .OfType<IMemberReferenceOperation>()
            .Where(reference => IsOwnVariable(reference, code.Handler.Type))
            .Select(reference => (kind, reference))).ToImmutableArray();

    private static bool IsOwnVariable(IMemberReferenceOperation reference, INamedTypeSymbol handler) =>
        SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType, handler)
        && reference.Instance is null or IInstanceReferenceOperation
        && reference.Member switch
        {
            IFieldSymbol field => !field.IsConst,
            IPropertySymbol { IsIndexer: false } property => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
                .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
            _ => false,
        };

    private static bool IsWritten(IMemberReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        IInvocationOperation call => IsCollection(reference.Type) && Adds(call.TargetMethod.Name),
        IPropertyReferenceOperation { Property.IsIndexer: true } element =>
            IsCollection(reference.Type) && element.Parent is IAssignmentOperation assignment && assignment.Target == element,
        IArrayElementReferenceOperation element => element.ArrayReference == reference && element.Parent is IAssignmentOperation assignment && assignment.Target == element,
        _ => false,
    };

    // A look-up expects to find nothing, and what was never added need not be removed; a text for a reader is none the worse. A handler serves the files
    // that came and those that will go at the same time, so that both may well be looked at.
    private static bool IsAllRightWithout(IMemberReferenceOperation reference) =>
        (reference.Parent is IInvocationOperation call && IsCollection(reference.Type) && LooksUp(call.TargetMethod.Name))
        || reference.Ancestors()
            .TakeWhile(each => each is not (IBlockOperation or IAnonymousFunctionOperation))
            .Any(each => each is IInterpolatedStringOperation || (each is IInvocationOperation told && IsForReader(told.TargetMethod)));

    private static bool LooksUp(string method) => method is "TryGetValue" or "ContainsKey" or "Contains" or "Remove" or "TryRemove" or "Clear" or "TryPeek" or "TryDequeue" or "TryPop";

    private static bool IsForReader(IMethodSymbol method) =>
        method.Name.StartsWith("Log", StringComparison.Ordinal)
        || (method.Name.StartsWith("Write", StringComparison.Ordinal) && method.ContainingType is { Name: "Console" or "Debug" or "Trace", ContainingNamespace.Name: "System" or "Diagnostics" });

    private static bool Adds(string method) => method is "Add" or "TryAdd" or "AddRange" or "Insert" or "Enqueue" or "Push" or "GetOrAdd" or "AddOrUpdate" or "AddLast" or "AddFirst";

    private static bool IsCollection(ITypeSymbol? type)
    {
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Collections", ContainingNamespace.Name: "System" })
                return true;
        }
        return false;
    }
}
