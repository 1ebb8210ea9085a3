using System.Collections.Immutable;
using LuoHandlers.Abi;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>What the code hands over against what the lock files say.</summary>
internal sealed class AbiCheck(AbiCatalog catalog, AbiLock abiLock, Compilation compilation, Action<Diagnostic> report)
{
    /// <summary>The property of diagnostics that says which compatible string they are of.</summary>
    public const string CompatibleProperty = "Compatible";

    internal static readonly DiagnosticDescriptor Missing = Rules.AbiLockMissing.CreateDescriptor(
        "What \"{0}\" hands over is written down nowhere, so nothing notices when it changes and the next kernel reads other bytes than were written. Add LuoAbi.Shipped.txt and LuoAbi.Unshipped.txt.");

    internal static readonly DiagnosticDescriptor NotDeclared = Rules.AbiNotDeclared.CreateDescriptor(
        "\"{0}\" is in neither lock file, so nothing notices when what it hands over changes. Declare it in LuoAbi.Unshipped.txt.");

    internal static readonly DiagnosticDescriptor ReaderNotDeclared = Rules.AbiNotDeclared.CreateDescriptor(
        "That \"{0}\" is retrieved by \"{1}\" is in neither lock file, so nothing notices when the reader goes. Declare it in LuoAbi.Unshipped.txt.");

    internal static readonly DiagnosticDescriptor Gone = Rules.AbiGone.CreateDescriptor(
        "\"{0}\" was shipped, but nothing retrieves it any more: a kernel that is handed such files over can't restore its sessions. Bring its handler back, or retire the string.");

    internal static readonly DiagnosticDescriptor Changed = Rules.AbiChanged.CreateDescriptor(
        "What \"{0}\" hands over was shipped and must not change, but {1}{2}: kernels of both versions take the other's bytes for their own. Make it \"{3}\", and retrieve the old state as well.");

    internal static readonly DiagnosticDescriptor OlderChanged = Rules.AbiChanged.CreateDescriptor(
        "What \"{0}\" handed over was shipped, but {1}{2}: what an old kernel wrote is taken for something else. Make the old state what it was.");

    internal static readonly DiagnosticDescriptor FlbChanged = Rules.AbiChanged.CreateDescriptor(
        "What \"{0}\" hands over was shipped and must not change, but {1}{2}: kernels of both versions take the other's bytes for their own. Make it \"{3}\", and retire the old string when no kernel hands it over any more.");

    internal static readonly DiagnosticDescriptor ToReview = Rules.AbiToReview.CreateDescriptor(
        "\"{0}\" was shipped, and {1}{2}: no byte moved, but see that the next kernel takes them for the same. Record it in LuoAbi.Shipped.txt if so, or else change the version.");

    internal static readonly DiagnosticDescriptor Reused = Rules.AbiRetiredReused.CreateDescriptor(
        "\"{0}\" was retired, but is used again: a kernel that still hands the old state over under it would have it read as the new one. Take a string that was never used.");

    internal static readonly DiagnosticDescriptor Drifted = Rules.AbiDraftDrifted.CreateDescriptor(
        "\"{0}\" is not what LuoAbi.Unshipped.txt says: {1}{2}, so something else would be shipped than is written. Update the draft.");

    internal static readonly DiagnosticDescriptor DraftGone = Rules.AbiDraftDrifted.CreateDescriptor(
        "The draft of \"{0}\" says what no code does, and would be shipped all the same. Update the draft.");

    internal static readonly DiagnosticDescriptor Skipped = Rules.AbiVersionOrder.CreateDescriptor(
        "\"{0}\" follows \"{1}\" and leaves versions out, so that nobody knows whether a kernel with one of them hands files over. Name it \"{2}\".");

    internal static readonly DiagnosticDescriptor Lowered = Rules.AbiVersionOrder.CreateDescriptor(
        "\"{0}\" comes after \"{1}\", which was shipped, but has a lower version: who compares them takes the older state for the newer. Name it \"{2}\".");

    internal static readonly DiagnosticDescriptor ReaderDropped = Rules.AbiReaderDropped.CreateDescriptor(
        "\"{0}\" was shipped, but \"{1}\" does not retrieve it: the next kernel can't restore sessions with a file of the old version, and only finds out after the jump. Add [RetrievesFrom(\"{0}\")], or retire the string.");

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        [Missing, NotDeclared, ReaderNotDeclared, Gone, Changed, OlderChanged, FlbChanged, ToReview, Reused, Drifted, DraftGone, Skipped, Lowered, ReaderDropped];

    /// <summary>Checks the strings of a handler or FLB.</summary>
    public void CheckOwner(INamedTypeSymbol owner)
    {
        if (abiLock.IsMissing)
        {
            if (catalog.All.Count > 0 && SymbolEqualityComparer.Default.Equals(catalog.All[0].Owner, owner) && catalog.All[0].Location.IsInSource)
                Report(Missing, catalog.All[0].Location, catalog.All[0].Compatible);
            return;
        }
        if (!abiLock.IsReadable)
            return;
        foreach (DeclaredAbi declared in catalog.FindOf(owner))
        {
            CheckDeclared(declared);
            if (declared is not { RetrievedBy: null, Version: { } version })
                continue;
            CheckVersion(declared, version);
            CheckReaders(declared, version);
        }
    }

    /// <summary>Checks that the code has what a lock file names.</summary>
    public void CheckFile(LockText file)
    {
        if (!abiLock.IsReadable)
            return;
        foreach (AbiLockEntry entry in file.File.Entries.Values.OrderBy(entry => entry.Facts[0].Line))
        {
            if (file == abiLock.Shipped)
                CheckShipped(entry, file);
            else
                CheckDraft(entry, file);
        }
    }

    private void CheckDeclared(DeclaredAbi declared)
    {
        string compatible = declared.Compatible;
        if (abiLock.IsRetired(compatible))
            Report(Reused, declared.Location, compatible);
        else if (declared.Description is not { } description)
            return;
        else if (abiLock.FindShipped(compatible) is { } shipped)
            CheckChanges(declared, shipped, description);
        else if (abiLock.FindDraft(compatible) is { } draft)
            CheckDrift(declared, draft, description);
        else
            Report(NotDeclared, declared.Location, compatible);
        if (declared.RetrievedBy is { } newer
            && abiLock.FindShipped(newer) is not null
            && (abiLock.FindShipped(compatible) is not null || abiLock.FindDraft(compatible) is not null)
            && !abiLock.Retrieves(newer, compatible))
        {
            Report(ReaderNotDeclared, declared.Location, compatible, newer);
        }
    }

    private void CheckChanges(DeclaredAbi declared, AbiDescription shipped, AbiDescription description)
    {
        IReadOnlyList<AbiChange> changes = AbiComparer.Compare(shipped, description);
        if (changes.FirstOrDefault(change => change.Verdict == AbiVerdict.NeedsBump) is { } bump)
        {
            Report(FindChanged(declared), declared.FindLocation(bump.Field, compilation), declared.Compatible, bump.Text, CountMore(changes, AbiVerdict.NeedsBump), FindNext(declared));
        }
        else if (changes.Count > 0)
        {
            Report(ToReview, declared.FindLocation(changes[0].Field, compilation), declared.Compatible, changes[0].Text, CountMore(changes, AbiVerdict.NeedsReview));
        }

        static string CountMore(IReadOnlyList<AbiChange> changes, AbiVerdict verdict) => changes.Count(change => change.Verdict == verdict) switch
        {
            1 => string.Empty,
            2 => " (and 1 more change)",
            int count => $" (and {count - 1} more changes)",
        };
    }

    private static DiagnosticDescriptor FindChanged(DeclaredAbi declared) => declared switch
    {
        { RetrievedBy: not null } => OlderChanged,
        // It can't retrieve what another version handed over.
        { Description.Owner: AbiOwner.Flb } => FlbChanged,
        _ => Changed,
    };

    private void CheckDrift(DeclaredAbi declared, AbiLockEntry draft, AbiDescription description)
    {
        HashSet<string> actual = [.. AbiWriter.WriteFacts(description)];
        string[] lost = [.. draft.Facts.Select(fact => fact.Text).Where(fact => !actual.Contains(fact)).Distinct()];
        string[] added = [.. actual.Where(fact => draft.Facts.All(known => known.Text != fact)).OrderBy(fact => fact, StringComparer.Ordinal)];
        if (lost.Length == 0 && added.Length == 0)
            return;
        AbiChange? change = AbiComparer.Compare(draft.Description!, description).Concat(AbiComparer.CompareReaders(draft.Description!, description)).FirstOrDefault();
        string text = change?.Text ?? $"it says '{lost.Concat(added).First()}'";
        Report(Drifted, declared.FindLocation(change?.Field, compilation), declared.Compatible, text, string.Empty);
    }

    private void CheckVersion(DeclaredAbi declared, CompatibleVersion version)
    {
        if (abiLock.ShippedEntries.ContainsKey(declared.Compatible) || abiLock.IsRetired(declared.Compatible))
            return;
        int highest = abiLock.FindHighestVersion(version.Stem);
        if (highest == 0)
            return;
        // Older versions may have handlers of their own beside the newest.
        if (version.Number < highest && !catalog.FindVersions(version.Stem).Any(other => other.Version!.Number > version.Number))
            Report(Lowered, declared.Location, declared.Compatible, version.With(highest), version.With(highest + 1));
        else if (version.Number > highest + 1 && !catalog.FindVersions(version.Stem).Any(other => other.Version!.Number == version.Number - 1))
            Report(Skipped, declared.Location, declared.Compatible, version.With(highest), version.With(highest + 1));
    }

    private void CheckReaders(DeclaredAbi declared, CompatibleVersion version)
    {
        if (catalog.FindVersions(version.Stem).First() != declared)
            return;
        foreach (AbiLockEntry entry in abiLock.ShippedEntries.Values.OrderBy(entry => entry.Compatible, StringComparer.Ordinal))
        {
            if (IsLost(entry) && CompatibleVersion.Find(entry.Compatible) is { } older && older.Stem == version.Stem && older.Number < version.Number)
                Report(ReaderDropped, declared.Location, entry.Compatible, declared.Compatible);
        }
    }

    private void CheckShipped(AbiLockEntry entry, LockText file)
    {
        bool hasNewer = CompatibleVersion.Find(entry.Compatible) is { } version
            && catalog.FindVersions(version.Stem).Any(declared => declared.Version!.Number > version.Number);
        if (IsLost(entry) && !hasNewer)
            Report(Gone, file.FindLocation(entry.Facts[0].Line), entry.Compatible);
    }

    private bool IsLost(AbiLockEntry entry) =>
        entry.Description is not null && !abiLock.IsRetired(entry.Compatible) && catalog.Find(entry.Compatible) is null;

    private void CheckDraft(AbiLockEntry entry, LockText file)
    {
        if (entry.IsRetired)
            return;
        DeclaredAbi? declared = catalog.Find(entry.Compatible);
        if (declared is null)
        {
            Report(DraftGone, file.FindLocation(entry.Facts[0].Line), entry.Compatible);
            return;
        }
        if (entry.Description is not null || declared.Description is not { } description)
            return;
        foreach (string older in entry.Retrieves.Where(older => !description.Retrieves.Contains(older)))
            Report(DraftGone, file.FindLocation(entry.Facts.First(fact => fact.Text.EndsWith(" " + older, StringComparison.Ordinal)).Line), entry.Compatible);
    }

    private string FindNext(DeclaredAbi declared) =>
        declared.Version is { } version ? version.With(Math.Max(version.Number, abiLock.FindHighestVersion(version.Stem)) + 1) : declared.Compatible + "-v2";

    private void Report(DiagnosticDescriptor descriptor, Location location, string compatible, params string[] others) =>
        report(Diagnostic.Create(
            descriptor,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(CompatibleProperty, compatible),
            [compatible, .. others]));
}
