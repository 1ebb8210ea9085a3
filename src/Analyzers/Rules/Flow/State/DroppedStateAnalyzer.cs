using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds what a handler writes to its own copy of the state, or of the handle, and does not read again: it looks as if it were handed over, as
/// <see cref="DroppedWriteAnalyzer"/> finds it in handlers that are written by hand.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedStateAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.DroppedWrite.CreateDescriptor(
        "'{0}' is a copy that {1} gets, and nothing reads it after this: LUO takes it over only from Preserve and Freeze. Write it there, or remove this.");

    private static readonly CallbackKind[] Readers =
        [CallbackKind.Unpreserve, CallbackKind.Unfreeze, CallbackKind.Retrieve, CallbackKind.CanFinish, CallbackKind.Finish];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (CallbackKind kind in Readers)
        {
            IParameterSymbol? parameter = code.FindParameter(kind, ParameterRole.State) ?? code.FindParameter(kind, ParameterRole.SerializedData);
            if (parameter is not { RefKind: RefKind.None } || code.FindBody(kind) is not { } body)
                continue;
            var uses = body.Descendants().OfType<IParameterReferenceOperation>().Where(use => use.Refers(parameter)).ToImmutableArray();
            foreach (IParameterReferenceOperation use in uses)
            {
                if (FindWrite(use) is { } write && !IsRepeated(write) && !uses.Any(other => other.Syntax.SpanStart > use.Syntax.SpanStart && FindWrite(other) is null))
                    report(Diagnostic.Create(Descriptor, write.Syntax.GetLocation(), parameter.Name, kind));
            }
        }
    }

    // A statement that writes all of the copy or a field of it, and does not use it to compute what it writes.
    private static IOperation? FindWrite(IParameterReferenceOperation use)
    {
        IOperation written = use;
        while (written.Parent is IFieldReferenceOperation field && field.Instance == written)
            written = field;
        return written.Parent switch
        {
            ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == written => assignment,
            ICompoundAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == written => assignment,
            IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation } increment => increment,
            _ => null,
        };
    }

    // What comes before it in the text may come after it, or when the function is called.
    private static bool IsRepeated(IOperation write) =>
        write.Ancestors().Any(each => each is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ILabeledOperation);
}
