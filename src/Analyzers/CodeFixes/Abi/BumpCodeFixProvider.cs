using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace LuoHandlers.CodeFixes;

/// <summary>
/// LUO3103: gives the handler or FLB the next version, keeps the state of the old one under a name of its own, writes the upgrade from it, and
/// declares the new version.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BumpCodeFixProvider))]
[Shared]
public sealed class BumpCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.AbiChanged];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new LockFixAllProvider("Change the versions", static async (project, _, compatibles, cancellationToken) =>
    {
        ProjectId id = project.Id;
        Solution solution = project.Solution;
        foreach (string compatible in compatibles)
            solution = await FixAsync(solution.GetProject(id)!, compatible, cancellationToken).ConfigureAwait(false);
        return solution;
    });

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(AbiCheck.CompatibleProperty, out string? compatible)
                || compatible is null
                || await FindAsync(project, compatible, context.CancellationToken).ConfigureAwait(false) is not { } found)
            {
                continue;
            }
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Make it \"{found.Bump.Compatible}\", and retrieve \"{compatible}\" as well",
                    cancellationToken => FixAsync(project, compatible, cancellationToken),
                    diagnostic.Id),
                diagnostic);
        }
    }

    private static async Task<(Bump Bump, Compilation Compilation)?> FindAsync(Project project, string compatible, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return null;
        var catalog = AbiCatalog.Create(compilation, cancellationToken);
        var abiLock = AbiLock.Read(project.AnalyzerOptions, cancellationToken);
        return Bump.Find(compilation, catalog, abiLock, compatible, cancellationToken) is { } bump ? (bump, compilation) : null;
    }

    private static async Task<Solution> FixAsync(Project project, string compatible, CancellationToken cancellationToken)
    {
        if (await FindAsync(project, compatible, cancellationToken).ConfigureAwait(false) is not var (bump, compilation)
            || project.GetDocument(bump.State.SyntaxTree) is not { } stateDocument
            || project.GetDocument(bump.Handler.SyntaxTree) is not { } handlerDocument)
        {
            return project.Solution;
        }
        string endOfLine = NewCode.FindEndOfLine(await stateDocument.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var writer = new OldStateWriter(bump.Described, bump.OldStateName, FindModifiers(bump.State), endOfLine, compilation);
        if (writer.Write(bump.Shipped) is not { } old)
            return project.Solution;
        var editor = new SolutionEditor(project.Solution);
        DocumentEditor stateEditor = await editor.GetDocumentEditorAsync(stateDocument.Id, cancellationToken).ConfigureAwait(false);
        stateEditor.InsertAfter(bump.State, old.Declarations.Select(declaration => Parse(declaration, endOfLine)));
        DocumentEditor handlerEditor = await editor.GetDocumentEditorAsync(handlerDocument.Id, cancellationToken).ConfigureAwait(false);
        string handlerEndOfLine = NewCode.FindEndOfLine(await handlerDocument.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var upgrade = new UpgradeWriter(compilation, bump.Declared.Owner, bump.Described, handlerEndOfLine);
        string modifiers = bump.Handler.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())))
            ? "private "
            : string.Empty;
        handlerEditor.ReplaceNode(bump.Literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(bump.Compatible)).WithTriviaFrom(bump.Literal));
        handlerEditor.ReplaceNode(bump.Handler, (node, _) => AddMember((ClassDeclarationSyntax)node, Parse(upgrade.Write(compatible, Qualify(old, bump), modifiers), handlerEndOfLine)));
        Solution solution = editor.GetChangedSolution();
        foreach (DocumentId id in new[] { stateDocument.Id, handlerDocument.Id }.Distinct())
        {
            Document finished = await NewCode.FinishAsync(solution.GetDocument(id)!, endOfLine, cancellationToken).ConfigureAwait(false);
            solution = finished.Project.Solution;
        }
        return await LockFiles.MendAsync(solution.GetProject(project.Id)!, RuleIds.AbiNotDeclared, [bump.Compatible], cancellationToken).ConfigureAwait(false);
    }

    private static ClassDeclarationSyntax AddMember(ClassDeclarationSyntax handler, MemberDeclarationSyntax member) =>
        handler.WithMembers(handler.Members.Add(member));

    /// <summary>The old state as the handler names it, wherever the two are.</summary>
    private static OldState Qualify(OldState old, Bump bump)
    {
        INamedTypeSymbol state = (INamedTypeSymbol)bump.Described.StateType!;
        string full = state.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new OldState(full.Substring(0, full.Length - state.Name.Length) + old.Name, old.Declarations, old.Fields);
    }

    private static MemberDeclarationSyntax Parse(string code, string endOfLine) => SyntaxFactory.ParseMemberDeclaration(code)!
        .WithLeadingTrivia(SyntaxFactory.EndOfLine(endOfLine))
        .WithTrailingTrivia(SyntaxFactory.EndOfLine(endOfLine))
        .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static string FindModifiers(TypeDeclarationSyntax state) => string.Concat(
        state.Modifiers.Where(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Select(modifier => modifier.ValueText + " "));
}
