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
        if (preserve.Descendants().OfType<IInvocationOperation>().Any(call => call.Instance.Refers(file) || call.Arguments.Any(argument => argument.Value.Refers(file)))
            || freeze.Descendants().OfType<IParameterReferenceOperation>().Any(reference => reference.Refers(state) && reference.Parent is not IFieldReferenceOperation))
            return;
        var renewed = freeze.Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(assignment => FindField(assignment, stateType) is not null && FindChangeable(assignment.Value, frozenFile) is not null)
            .Select(assignment => FindField(assignment, stateType)!)
            .ToImmutableArray();
        if (renewed.IsEmpty)
            return;
        var written = new HashSet<ISymbol>(
            freeze.Descendants().OfType<IFieldReferenceOperation>().Where(reference => reference.Instance.Refers(state)).Select(reference => reference.Field),
            SymbolEqualityComparer.Default);
        foreach (ISimpleAssignmentOperation assignment in preserve.Descendants().OfType<ISimpleAssignmentOperation>())
        {
            if (FindField(assignment, stateType) is { } field && !written.Contains(field) && FindChangeable(assignment.Value, file) is { } source)
                report(Diagnostic.Create(Descriptor, assignment.Syntax.GetLocation(), renewed[0].Name, field.Name, $"{file.Name}.{source.Name}"));
        }
    }

    private static IFieldSymbol? FindField(ISimpleAssignmentOperation assignment, ITypeSymbol stateType) =>
        assignment.Target is IFieldReferenceOperation { Instance: { } instance } target && SymbolEqualityComparer.Default.Equals(instance.Type, stateType)
            ? target.Field
            : null;

    /// <summary>What of the file is read, if everybody can write it: what only its own assembly sets may be as it is from the start.</summary>
    private static ISymbol? FindChangeable(IOperation value, IParameterSymbol file) => value.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.SetMethod: { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public }, Instance: { } instance } property
            when instance.Refers(file) => property.Property,
        IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false, DeclaredAccessibility: Accessibility.Public }, Instance: { } instance } field
            when instance.Refers(file) => field.Field,
        _ => null,
    };
}
