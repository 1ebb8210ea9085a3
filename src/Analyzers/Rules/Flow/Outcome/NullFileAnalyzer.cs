using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds uses of the file in CanFinish and Finish that no test comes before, in code without nullable annotations or with a "!": elsewhere the
/// compiler does.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullFileAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.NullFile.CreateDescriptor(
        "'{0}' is null in {1} when the file was never retrieved or its retrieve failed, and this then fails in the middle of finishing the session. Use '{0}?.', or test it first.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (CallbackKind kind in new[] { CallbackKind.CanFinish, CallbackKind.Finish })
        {
            if (code.FindBody(kind) is not { } body
                || code.FindParameter(kind, ParameterRole.File) is not { } file)
                continue;
            // A status that is looked at tells as much; so may a method that gets the file.
            if (code.FindParameter(kind, ParameterRole.RetrieveStatus) is { } status && body.Mentions(status))
                continue;
            var uses = body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(file)).ToImmutableArray();
            if (uses.All(use => IsDereference(use) && (file.NullableAnnotation == NullableAnnotation.None || IsForced(use))) && uses.FirstOrDefault() is { } first)
                report(Diagnostic.Create(Descriptor, first.Syntax.GetLocation(), file.Name, kind));
        }
    }

    // The compiler is told that it is not null, as if that were known.
    private static bool IsForced(IParameterReferenceOperation use) => use.Syntax.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression);

    private static bool IsDereference(IParameterReferenceOperation use) => use.Parent switch
    {
        IInvocationOperation { TargetMethod.IsExtensionMethod: false } call => call.Instance == use,
        IMemberReferenceOperation member => member.Instance == use,
        _ => false,
    };
}
