using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds numbers that go into the state as page numbers and are taken out as addresses, or the other way round.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PreservedPageNumberAnalyzer : HandlerCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PageNumberAnalyzer.Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var written = new[] { CallbackKind.Preserve, CallbackKind.Freeze }.SelectMany(kind => code.Reach(kind)).OfType<ISimpleAssignmentOperation>()
            .Select(assignment => (Name: Name(assignment.Target), IsPage: PageNumberAnalyzer.IsOfPage(assignment.Value), Assignment: assignment))
            .Where(each => each.Name is not null)
            .GroupBy(each => each.Name!)
            // Always one of the two, or it may be anything.
            .Where(group => group.All(each => each.IsPage is not null) && group.Select(each => each.IsPage).Distinct().Count() == 1 && !IsComputed(group.Key))
            .ToDictionary(group => group.Key, group => group.First().IsPage!.Value);
        if (written.Count == 0)
            return;
        foreach (IObjectCreationOperation creation in code.Operations.OfType<IObjectCreationOperation>())
        {
            if (PageNumberAnalyzer.MakesPage(creation) is { } makesPage
                && Name(creation.Arguments[0].Value.Unwrap()) is { } name
                && written.TryGetValue(name, out bool isPage)
                && isPage != makesPage)
                report(PageNumberAnalyzer.Create(creation, isPage));
        }

        // Turned into the other, wherever that is.
        bool IsComputed(string name) => code.Operations.Any(operation => operation switch
        {
            ICompoundAssignmentOperation assignment => Name(assignment.Target) == name,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref } argument => Name(argument.Value) == name,
            _ => false,
        });

        // A field of the state, or the raw handle of a callback.
        string? Name(IOperation operation) => operation switch
        {
            IFieldReferenceOperation { Field: var field } when code.Handler.StateType is { } state && SymbolEqualityComparer.Default.Equals(field.ContainingType, state) => field.Name,
            IParameterReferenceOperation { Parameter: { Name: "serializedData", ContainingSymbol: IMethodSymbol method } } when code.Handler.Callbacks.Any(each => each.Method.Name == method.Name) => "serializedData",
            _ => null,
        };
    }
}
