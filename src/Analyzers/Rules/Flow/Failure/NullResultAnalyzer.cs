using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a null in place of the file, or of the object of an FLB, that a callback is to give back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullResultAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.FailureReturnsSuccess.CreateDescriptor(
        "{0} gives null here, which LUO takes for a failure, with EIO for whoever asked: there is no file or object that could stand for nothing. Throw an ErrnoException that says why, or make one.");

    private static readonly DiagnosticDescriptor Missing = Rules.FailureReturnsSuccess.CreateDescriptor(
        "'{1}' is null when nothing is found, and {0} gives that back: LUO takes it for a failure, with EIO for whoever asked. Test it, and throw an ErrnoException that says what is missing.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor, Missing];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.IsFlb)
            Analyze(code, CallbackKind.Preserve, report);
        Analyze(code, CallbackKind.Retrieve, report);
    }

    private static void Analyze(HandlerCode code, CallbackKind kind, Action<Diagnostic> report)
    {
        if (code.FindBody(kind) is not { } body || code.Handler.FindCallback(kind)!.Method is not { ReturnType.IsReferenceType: true } method)
            return;
        // Who says of a handler's Retrieve that there may be no file knows that this is its failure.
        if (!code.IsFlb && method.ReturnNullableAnnotation == NullableAnnotation.Annotated)
            return;
        var values = body.ReturnedValues().ToImmutableArray();
        // One that never gives anything is not written yet.
        if (!code.IsFlb && values.All(IsNull))
            return;
        foreach (IOperation value in values)
        {
            if (IsNull(value))
                report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), kind));
            else if (AbsentValue.Find(value) is { } absent)
                report(Diagnostic.Create(Missing, absent.Syntax.GetLocation(), kind, absent.Syntax.ToString()));
        }
    }

    private static bool IsNull(IOperation value) => value.Unwrap().ConstantValue is { HasValue: true, Value: null };
}
