using LuoHandlers.Abi;
using LuoHandlers.Analyzers;

namespace LuoHandlers.CodeFixes;

/// <summary>What is to be changed in the lock files of a project so that they say what the code does.</summary>
internal sealed class LockEdit(AbiCatalog catalog, AbiLock abiLock)
{
    private readonly HashSet<string> _addedToShipped = [];
    private readonly HashSet<string> _removedFromShipped = [];
    private readonly HashSet<string> _addedToUnshipped = [];
    private readonly HashSet<string> _removedFromUnshipped = [];
    private bool _createsBoth;

    /// <summary>Adds what mends a diagnostic.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="compatible">The string that it is about.</param>
    public void Mend(string rule, string compatible)
    {
        switch (rule)
        {
            case RuleIds.AbiLockMissing:
                _createsBoth = true;
                foreach (DeclaredAbi declared in catalog.All.Where(declared => declared.Description is not null))
                    Add(_addedToUnshipped, declared.Compatible, AbiWriter.WriteFacts(declared.Description!));
                break;
            case RuleIds.AbiNotDeclared:
                Declare(compatible);
                break;
            case RuleIds.AbiDraftDrifted:
                UpdateDraft(compatible);
                break;
            case RuleIds.AbiToReview:
                Record(compatible);
                break;
            case RuleIds.AbiGone or RuleIds.AbiReaderDropped:
                Add(_addedToUnshipped, compatible, [AbiWords.Retired]);
                break;
        }
    }

    /// <summary>What was shipped, with the changes; null if the file does not change.</summary>
    public string? EditShipped() => Edit(abiLock.Shipped, _removedFromShipped, _addedToShipped);

    /// <summary>What is to be shipped, with the changes; null if the file does not change.</summary>
    public string? EditUnshipped() => Edit(abiLock.Unshipped, _removedFromUnshipped, _addedToUnshipped);

    private string? Edit(LockText? file, HashSet<string> removed, HashSet<string> added)
    {
        if (removed.Count == 0 && added.Count == 0 && (file is not null || !_createsBoth))
            return null;
        string text = file?.Text.ToString() ?? AbiLockText.Create("\n");
        return AbiLockText.Edit(text, (compatible, fact) => removed.Contains(AbiLockText.WriteLine(compatible, fact)), added.OrderBy(line => line, StringComparer.Ordinal));
    }

    private void Declare(string compatible)
    {
        foreach (DeclaredAbi declared in catalog.All.Where(declared => declared.Compatible == compatible && declared.Description is not null))
        {
            if (abiLock.FindShipped(compatible) is null && abiLock.FindDraft(compatible) is null)
                Add(_addedToUnshipped, compatible, AbiWriter.WriteFacts(declared.Description!));
            if (declared.RetrievedBy is { } newer && abiLock.FindShipped(newer) is not null && !abiLock.Retrieves(newer, compatible))
                Add(_addedToUnshipped, newer, [$"{AbiWords.Retrieves} {compatible}"]);
        }
    }

    private void UpdateDraft(string compatible)
    {
        if (!abiLock.UnshippedEntries.TryGetValue(compatible, out AbiLockEntry? entry))
            return;
        AbiDescription? description = catalog.Find(compatible)?.Description;
        IReadOnlyList<string> facts = description is null ? [] : AbiWriter.WriteFacts(description);
        Add(_removedFromUnshipped, compatible, entry.Facts.Select(fact => fact.Text).Where(fact => !facts.Contains(fact)));
        if (entry.Description is not null)
            Add(_addedToUnshipped, compatible, facts);
    }

    private void Record(string compatible)
    {
        if (!abiLock.ShippedEntries.TryGetValue(compatible, out AbiLockEntry? entry) || catalog.Find(compatible)?.Description is not { } description)
            return;
        // Which older strings are retrieved is not what is recorded here.
        List<string> facts = [.. AbiWriter.WriteFacts(description).Where(fact => !IsRetrieves(fact))];
        Add(_removedFromShipped, compatible, entry.Facts.Select(fact => fact.Text).Where(fact => !IsRetrieves(fact) && !facts.Contains(fact)));
        Add(_addedToShipped, compatible, facts);
    }

    private static bool IsRetrieves(string fact) => fact.StartsWith(AbiWords.Retrieves + " ", StringComparison.Ordinal);

    private static void Add(HashSet<string> lines, string compatible, IEnumerable<string> facts) =>
        lines.UnionWith(facts.Select(fact => AbiLockText.WriteLine(compatible, fact)));
}
