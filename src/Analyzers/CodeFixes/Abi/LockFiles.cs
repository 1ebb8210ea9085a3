using System.Text;
using LuoHandlers.Abi;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.CodeFixes;

/// <summary>The lock files of a project in a workspace.</summary>
internal static class LockFiles
{
    /// <summary>Mends the diagnostics of one rule, all at once.</summary>
    public static async Task<Solution> MendAsync(Project project, string rule, IEnumerable<string> compatibles, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return project.Solution;
        var edit = new LockEdit(AbiCatalog.Create(compilation, cancellationToken), AbiLock.Read(project.AnalyzerOptions, cancellationToken));
        foreach (string compatible in compatibles)
            edit.Mend(rule, compatible);
        Solution solution = await WriteAsync(project, AbiLockFile.ShippedName, edit.EditShipped(), cancellationToken).ConfigureAwait(false);
        return await WriteAsync(solution.GetProject(project.Id)!, AbiLockFile.UnshippedName, edit.EditUnshipped(), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Solution> WriteAsync(Project project, string name, string? text, CancellationToken cancellationToken)
    {
        if (text is null)
            return project.Solution;
        if (project.AdditionalDocuments.FirstOrDefault(document => LockText.HasName(document.FilePath ?? document.Name, name)) is { } file)
        {
            SourceText before = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
            return project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(text, before.Encoding));
        }
        string? folder = Path.GetDirectoryName(project.FilePath);
        return project.Solution.AddAdditionalDocument(
            DocumentId.CreateNewId(project.Id, name),
            name,
            SourceText.From(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)),
            filePath: folder is null ? name : Path.Combine(folder, name));
    }
}
