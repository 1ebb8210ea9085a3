using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds values of the incoming state that decide how much Retrieve does, or where, before anything looked at them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncheckedInputAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.UncheckedInput.CreateDescriptor(
        "'{0}' comes from the previous kernel and is used as {1} unchecked: another version or a damaged page can hold anything, and Retrieve then breaks instead of failing. Compare it first, and throw EINVAL.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Retrieve) is not { } body
            || (code.FindParameter(CallbackKind.Retrieve, ParameterRole.State) ?? code.FindParameter(CallbackKind.Retrieve, ParameterRole.SerializedData)) is not { } input)
            return;
        var uses = IncomingUse.FindAll(body, input);
        var reported = new HashSet<string>();
        foreach (IncomingUse use in uses)
        {
            if (use.FindSink() is { } sink
                && !use.IsCheckedByRuntime
                && !uses.Any(other => other.Name == use.Name && other.Position < use.Position && other.IsCheck)
                && !IsPassedWhole(body, input, use.Position)
                && reported.Add(use.Name))
                report(Diagnostic.Create(Descriptor, use.Operation.Syntax.GetLocation(), use.Name, sink));
        }
    }

    // A method that gets the whole state may look at any of it.
    private static bool IsPassedWhole(IBlockOperation body, IParameterSymbol input, int position) =>
        input.Type.SpecialType == SpecialType.None
        && body.Descendants().OfType<IParameterReferenceOperation>().Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Parameter, input)
            && reference.Syntax.SpanStart < position
            && reference.ParentUnwrapped() is not IFieldReferenceOperation and not IPropertyReferenceOperation);
}
