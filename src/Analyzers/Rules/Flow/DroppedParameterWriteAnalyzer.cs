using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what a callback writes to its own copy of the state or of the handle, and does not read again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedParameterWriteAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.DroppedWrite.CreateDescriptor(
        "{1} gets '{0}' as a copy: what is written to it here is dropped when it returns, and LUO never sees it. Write it in Preserve or in Freeze, where LUO takes it over, or remove this.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (BoundCallback callback in code.Handler.Callbacks)
        {
            foreach (ParameterRole role in new[] { ParameterRole.State, ParameterRole.SerializedData })
            {
                if (code.FindParameter(callback.Kind, role) is not { RefKind: RefKind.None } copy || code.FindBody(callback.Kind) is not { } body)
                    continue;
                var references = body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(copy)).ToImmutableArray();
                if (references.FirstOrDefault(IsWrite) is { } write && !references.Any(each => each.Syntax.SpanStart > write.Syntax.SpanStart && !IsWrite(each))
                    && !write.Ancestors().Any(each => each is ILoopOperation))
                    report(Diagnostic.Create(Descriptor, write.Ancestors().OfType<IAssignmentOperation>().First().Syntax.GetLocation(), copy.Name, callback.Kind));
            }
        }
    }

    private static bool IsWrite(IParameterReferenceOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == reference,
        IFieldReferenceOperation { Parent: ISimpleAssignmentOperation assignment } field => assignment.Target == field,
        _ => false,
    };
}
