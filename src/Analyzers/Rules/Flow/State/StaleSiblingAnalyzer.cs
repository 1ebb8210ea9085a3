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
            .Where(assignment => FindField(assignment, stateType) is not null && FindChangeable(assignment.Value, frozenFile) is not null)
            .Select(assignment => FindField(assignment, stateType)!)
            .ToImmutableArray();
        if (renewed.IsEmpty)
            return;
        bool IsFile(IOperation? operation) => operation?.Unwrap() is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Type, file.Type);

        // Of the file itself, whatever a method of the handler calls it.
        ISymbol? FindSource(IOperation value) => Answer(value).Unwrap() is IMemberReferenceOperation { Instance: IParameterReferenceOperation { Parameter: var parameter } } && SymbolEqualityComparer.Default.Equals(parameter.Type, file.Type)
            ? FindChangeable(Answer(value), parameter)
            : null;

        var written = new HashSet<ISymbol>(
            freeze.Descendants().OfType<IFieldReferenceOperation>().Where(reference => reference.Instance.Refers(state)).Select(reference => reference.Field),
            SymbolEqualityComparer.Default);
        foreach (ISimpleAssignmentOperation assignment in preserving.OfType<ISimpleAssignmentOperation>())
        {
            if (FindField(assignment, stateType) is { } field && !written.Contains(field) && FindSource(assignment.Value) is { } source)
                report(Diagnostic.Create(Descriptor, assignment.Syntax.GetLocation(), renewed[0].Name, field.Name, $"{file.Name}.{source.Name}"));
        }
    }

    // One answer of the file that is turned into a number.
    private static IOperation Answer(IOperation value) => value.Unwrap() switch
    {
        IConditionalOperation { WhenFalse: { ConstantValue.HasValue: true } } choice when choice.WhenTrue.ConstantValue.HasValue => choice.Condition.Unwrap() is IBinaryOperation comparison && comparison.RightOperand.ConstantValue.HasValue
            ? comparison.LeftOperand
            : choice.Condition,
        var other => other,
    };

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
