using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds state that Freeze leaves as Preserve wrote it, though it can change as well as the state that Freeze renews.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaleSiblingAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.StaleSibling.CreateDescriptor(
        "Freeze renews '{0}' but not '{1}', and '{2}' can change until then just as well: the next kernel gets what it was at Preserve. Write it in Freeze too.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is not { } stateType
            || code.FindBody(CallbackKind.Preserve) is not { } preserve
            || code.FindBody(CallbackKind.Freeze) is not { } freeze
            || code.FindParameter(CallbackKind.Preserve, ParameterRole.File) is not { } file
            || code.FindParameter(CallbackKind.Freeze, ParameterRole.File) is not { } frozenFile
            || code.FindParameter(CallbackKind.Freeze, ParameterRole.State) is not { } state)
            return;
        // A method of the file may well have locked it; a whole state, or a method that gets it, may write anything.
        var preserving = code.Reach(preserve);
        if (preserving.OfType<IInvocationOperation>().Any(call => IsFile(call.Instance) || (code.FindBody(call.TargetMethod.OriginalDefinition) is null && call.Arguments.Any(argument => IsFile(argument.Value))))
            || freeze.Descendants().OfType<IParameterReferenceOperation>().Any(reference => reference.Refers(state) && reference.Parent is not IFieldReferenceOperation))
            return;
        var renewed = freeze.Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(assignment => FindField(assignment, stateType) is not null && Find(assignment.Value, owner => owner.Refers(frozenFile)) is not null)
            .Select(assignment => FindField(assignment, stateType)!)
            .ToImmutableArray();
        if (renewed.IsEmpty)
            return;
        var written = new HashSet<ISymbol>(
            freeze.Descendants().OfType<IFieldReferenceOperation>().Where(reference => reference.Instance.Refers(state)).Select(reference => reference.Field),
            SymbolEqualityComparer.Default);
        // Who calls something may have the elements renewed there.
        bool renewsElements = code.Reach(freeze).Any(operation => operation is IInvocationOperation);
        foreach (ISimpleAssignmentOperation assignment in preserving.OfType<ISimpleAssignmentOperation>())
        {
            if (FindField(assignment, stateType) is { } field)
            {
                // Of the file itself, whatever a method of the handler calls it.
                if (!written.Contains(field) && Find(assignment.Value, IsFile) is { } source)
                    Report(assignment, field, $"{file.Name}.{source.Member.Name}");
            }
            else if (!renewsElements && IsOfElement(assignment) && Find(assignment.Value, IsPart) is { } source)
            {
                Report(assignment, ((IMemberReferenceOperation)assignment.Target).Member, source.Syntax.ToString());
            }
        }

        IMemberReferenceOperation? Find(IOperation value, Func<IOperation, bool> isOwner) => ChangeableMember.Find(value, isOwner, code.CancellationToken);

        bool IsFile(IOperation? operation) => operation?.Unwrap() is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Type, file.Type);

        // One of several objects that the file holds, and that nothing is done to here.
        bool IsPart(IOperation operation) => operation.Unwrap() is ILocalReferenceOperation { Local: var part } reference
            && reference.FindRoot() is { } body
            && body.Descendants().OfType<IForEachLoopOperation>().Any(loop => loop.Locals.Contains(part, SymbolEqualityComparer.Default)
                && loop.Collection.Unwrap() is IMemberReferenceOperation { Instance: { } owner } && IsFile(owner))
            && body.FindReferences(part).All(use => use.Parent is IMemberReferenceOperation);

        void Report(ISimpleAssignmentOperation assignment, ISymbol member, string source) =>
            report(Diagnostic.Create(Descriptor, assignment.Syntax.GetLocation(), renewed[0].Name, member.Name, source));
    }

    // new CacheEntry { Flags = … }, where that becomes an element of an array that is handed over.
    private static bool IsOfElement(ISimpleAssignmentOperation assignment) =>
        assignment is { Target: IFieldReferenceOperation, Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } }
        && creation.ParentUnwrapped() is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: { Name: "KhoVmallocArray" } array } } }
        && array.IsOfRuntime();

    private static IFieldSymbol? FindField(ISimpleAssignmentOperation assignment, ITypeSymbol stateType) =>
        assignment.Target is IFieldReferenceOperation { Instance: { } instance } target && SymbolEqualityComparer.Default.Equals(instance.Type, stateType)
            ? target.Field
            : null;
}
