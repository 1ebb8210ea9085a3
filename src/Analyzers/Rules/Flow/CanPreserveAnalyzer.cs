using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a CanPreserve that takes every file there is: the generated test of the type lets all of them through, and it looks at none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CanPreserveAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.AcceptsEveryFile.CreateDescriptor(
        "CanPreserve of '{0}' accepts every file: LUO gives it files of other types too, which never reach the handlers registered after it. Use the handler's own file type, or test the file.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (!code.Handler.FileType.HasMetadataName(WellKnownTypeNames.LuoFile) || code.FindBody(CallbackKind.CanPreserve) is not { } body)
            return;
        if (code.FindParameter(CallbackKind.CanPreserve, ParameterRole.File) is { } file && body.Mentions(file))
            return;
        // Where something else decides, as a switch of the handler does, it does not take everything all the time.
        if (body.ReturnedValues().All(value => value.ConstantValue is { HasValue: true, Value: true }) && !body.Descendants().Any(operation => operation is IThrowOperation))
            report(Diagnostic.Create(Descriptor, code.Handler.FindCallback(CallbackKind.CanPreserve)!.Method.Locations[0], code.Handler.Type.Name));
    }
}
