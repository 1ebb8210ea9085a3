using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds files that Retrieve makes of inherited folios, and leaves behind when it fails: only who puts them frees what they own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LostFileAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Made = Rules.LeakOnFailure.CreateDescriptor(
        "The '{0}' that is made here owns an inherited folio, and nobody puts it when line {1} fails: both are lost for good, as LUO never calls Retrieve again. Call Put on it before failing.");

    private static readonly DiagnosticDescriptor Filled = Rules.LeakOnFailure.CreateDescriptor(
        "'{0}' has got inherited folios in the loop by the time that Retrieve fails here, and nobody puts it: they are lost for good, as LUO never calls Retrieve again. Call Put on it first.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Made, Filled];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Retrieve) is not { } body || !code.FindOperations(body).Any(operation => operation is IObjectCreationOperation creation && IsFile(creation, code)))
            return;
        foreach (Leak leak in LeakFlow.Find(code, body, operation => operation is IObjectCreationOperation creation && IsMadeOfFolio(creation, body, code), failsWhenTaking: false))
            report(Diagnostic.Create(Made, leak.Taking.Syntax.GetLocation(), [leak.Failure.Syntax.GetLocation()], leak.Taking.Type!.Name, leak.FailureLine));
        foreach (ITryOperation attempt in body.OwnDescendants().OfType<ITryOperation>().Where(each => each.Finally is null && !each.Ancestors().Any(outer => outer is ITryOperation)))
        {
            foreach (IOperation failure in attempt.Catches.Select(FindFailure).OfType<IOperation>())
            {
                if (FindFilled(attempt, body, code) is { } file && !failure.Ancestors().OfType<ICatchClauseOperation>().First().Mentions(file))
                    report(Diagnostic.Create(Filled, failure.Syntax.GetLocation(), file.Name));
            }
        }
    }

    private static bool IsFile(IObjectCreationOperation creation, HandlerCode code) => SymbolEqualityComparer.Default.Equals(creation.Type, code.Handler.FileType);

    // The control flow has operations of its own, without what is around them.
    private static bool IsMadeOfFolio(IObjectCreationOperation creation, IBlockOperation body, HandlerCode code) => IsFile(creation, code)
        && body.OwnDescendants().OfType<IObjectCreationOperation>().FirstOrDefault(each => each.Syntax == creation.Syntax) is { } made
        && made.FindDeclarator() is not null
        && made.Arguments.Any(argument => argument.Value.IsRestored());

    // A catch that frees what is left, and fails; whoever calls anything else there may put the file.
    private static IOperation? FindFailure(ICatchClauseOperation handler) =>
        handler.Handler.Descendants().Any(operation => operation is IInvocationOperation call && !(call.TriesInherited() || call.FindsInherited() || call.ConsumesInherited()))
            ? null
            : handler.Handler.Operations.LastOrDefault() is { } last && last.DescendantsAndSelf().FirstOrDefault(operation => operation is IThrowOperation) is { } thrown ? thrown : null;

    // The file that was there before, and that the loop in the try gives one folio after the other.
    private static ILocalSymbol? FindFilled(ITryOperation attempt, IBlockOperation body, HandlerCode code) => attempt.Body.OwnDescendants()
        .OfType<IInvocationOperation>()
        .Where(call => call.Arguments.Any(argument => argument.Value.IsRestored()) && call.Ancestors().TakeWhile(each => each != attempt).Any(each => each is ILoopOperation))
        .Select(call => call.Instance.FindVariable())
        .OfType<ILocalSymbol>()
        .FirstOrDefault(local => body.FindOnlyValue(local)?.Unwrap() is IObjectCreationOperation creation && IsFile(creation, code) && !creation.IsIn(attempt));
}
