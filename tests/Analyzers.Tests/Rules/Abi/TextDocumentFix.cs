using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>Applies a fix that is offered in a lock file itself.</summary>
internal static class TextDocumentFix
{
    /// <summary>Applies the fix of the one diagnostic of a rule, which lies in a lock file.</summary>
    /// <returns>What is to be shipped afterwards.</returns>
    public static async Task<string> ApplyAsync(CodeFixProvider provider, string rule, string code, string shipped, string unshipped)
    {
        using AdhocWorkspace workspace = new();
        Compilation empty = HandlerCompilation.Create(code);
        Project project = workspace.AddProject("Handlers", LanguageNames.CSharp).WithMetadataReferences(empty.References).WithCompilationOptions(empty.Options);
        project = project.AddDocument("Handler.cs", SourceText.From(code), filePath: "/0/Handler.cs").Project;
        project = project.AddAdditionalDocument("LuoAbi.Shipped.txt", SourceText.From(shipped), filePath: "/0/LuoAbi.Shipped.txt").Project;
        TextDocument draft = project.AddAdditionalDocument("LuoAbi.Unshipped.txt", SourceText.From(unshipped), filePath: "/0/LuoAbi.Unshipped.txt");
        project = draft.Project;
        Compilation compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        Diagnostic diagnostic = (await HandlerCompilation.AnalyzeAsync(
            compilation, lockFiles: [new LockFileText("/0/LuoAbi.Shipped.txt", shipped), new LockFileText("/0/LuoAbi.Unshipped.txt", unshipped)]))
            .Single(diagnostic => diagnostic.Id == rule);
        Assert.Equal(LocationKind.ExternalFile, diagnostic.Location.Kind);
        TextDocument document = project.AdditionalDocuments.Single(file => file.FilePath == diagnostic.Location.GetLineSpan().Path);
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetAdditionalDocument(draft.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }
}
