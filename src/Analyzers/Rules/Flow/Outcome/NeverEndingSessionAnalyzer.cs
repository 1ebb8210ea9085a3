using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds callbacks that can only refuse: a file that can be preserved, but never retrieved, or never finished.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NeverEndingSessionAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor NeverFinishes = Rules.NeverEnds.CreateDescriptor(
        "CanFinish of '{0}' is always false: LUO refuses to finish a session with such a file (EBUSY), and all its files stay held until the next kexec. Return true once the file can do without its state, or remove it.");

    private static readonly DiagnosticDescriptor NeverRetrieves = Rules.NeverEnds.CreateDescriptor(
        "Retrieve of '{0}' always fails, but Preserve accepts files: the next kernel can't give any of them back, and LUO tells only when it is too late. Rebuild the file here, or fail in Preserve.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NeverFinishes, NeverRetrieves];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.CanFinish) is { } canFinish && IsAlwaysFalse(canFinish))
            Report(NeverFinishes, CallbackKind.CanFinish);
        if (code.FindBody(CallbackKind.Retrieve) is { } retrieve
            && AlwaysFails(code, retrieve, returnsVoid: false)
            && code.FindBody(CallbackKind.CanPreserve) is { } canPreserve
            && !IsAlwaysFalse(canPreserve)
            && code.FindBody(CallbackKind.Preserve) is { } preserve
            && !AlwaysFails(code, preserve, code.Handler.FindCallback(CallbackKind.Preserve)!.Returns == ReturnConvention.Void))
            Report(NeverRetrieves, CallbackKind.Retrieve);

        void Report(DiagnosticDescriptor descriptor, CallbackKind kind) =>
            report(Diagnostic.Create(descriptor, code.Handler.FindCallback(kind)!.Method.Locations[0], code.Handler.Type.Name));
    }

    private static bool IsAlwaysFalse(IBlockOperation body)
    {
        var values = body.ReturnedValues().ToImmutableArray();
        return !values.IsEmpty && values.All(value => value.ConstantValue is { HasValue: true, Value: false });
    }

    private static bool AlwaysFails(HandlerCode code, IBlockOperation body, bool returnsVoid) => returnsVoid
        ? body.Operations.Any(operation => operation is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation })
            && !body.OwnDescendants().Any(operation => operation is IReturnOperation)
        : body.ReturnedValues().All(value => IsFailure(code, value));

    private static bool IsFailure(HandlerCode code, IOperation value) =>
        OnlyThrows(code, value.Unwrap())
        || (value.Type.IsErrno() && value.FindConstant() is not (null or 0))
        || value.Unwrap().ConstantValue is { HasValue: true, Value: null };

    // A method that never gives anything.
    private static bool OnlyThrows(HandlerCode code, IOperation value) => value is IInvocationOperation { IsVirtual: false } call
        && code.FindBody(call.TargetMethod.OriginalDefinition) is { } called
        && !called.ReturnedValues().Any()
        && called.OwnDescendants().Any(operation => operation is IThrowOperation);
}
