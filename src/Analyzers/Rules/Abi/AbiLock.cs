using LuoHandlers.Abi;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>The two lock files of a project together.</summary>
internal sealed class AbiLock
{
    private AbiLock(LockText? shipped, LockText? unshipped)
    {
        Shipped = shipped;
        Unshipped = unshipped;
    }

    public LockText? Shipped { get; }

    public LockText? Unshipped { get; }

    /// <summary>Whether there is no file at all: the project does not lock its ABI.</summary>
    public bool IsMissing => Shipped is null && Unshipped is null;

    /// <summary>Whether the files can be relied on.</summary>
    public bool IsReadable => (Shipped?.File ?? AbiLockFile.Empty).IsReadable && (Unshipped?.File ?? AbiLockFile.Empty).IsReadable;

    public IReadOnlyDictionary<string, AbiLockEntry> ShippedEntries => (Shipped?.File ?? AbiLockFile.Empty).Entries;

    public IReadOnlyDictionary<string, AbiLockEntry> UnshippedEntries => (Unshipped?.File ?? AbiLockFile.Empty).Entries;

    public static AbiLock Read(AnalyzerOptions options, CancellationToken cancellationToken) => new(
        LockText.Find(options, AbiLockFile.ShippedName, cancellationToken),
        LockText.Find(options, AbiLockFile.UnshippedName, cancellationToken));

    /// <summary>What was shipped under a string, and can never change; null if nothing was.</summary>
    public AbiDescription? FindShipped(string compatible) => ShippedEntries.TryGetValue(compatible, out AbiLockEntry? entry) ? entry.Description : null;

    /// <summary>What will be shipped under a string, unless something was; null if that is not known.</summary>
    public AbiLockEntry? FindDraft(string compatible) =>
        UnshippedEntries.TryGetValue(compatible, out AbiLockEntry? entry) && entry.Description is not null ? entry : null;

    /// <summary>Whether a string was given up for good.</summary>
    public bool IsRetired(string compatible) => FindBoth(compatible).Any(entry => entry.IsRetired);

    /// <summary>Whether a file says that a string's owner retrieves an older one, too.</summary>
    public bool Retrieves(string compatible, string older) => FindBoth(compatible).Any(entry => entry.Retrieves.Contains(older));

    /// <summary>The highest version of a stem that was shipped or given up; 0 if there is none.</summary>
    public int FindHighestVersion(string stem) => ShippedEntries.Keys
        .Concat(UnshippedEntries.Values.Where(entry => entry.IsRetired).Select(entry => entry.Compatible))
        .Select(CompatibleVersion.Find)
        .Where(version => version?.Stem == stem)
        .Select(version => version!.Number)
        .DefaultIfEmpty(0)
        .Max();

    private IEnumerable<AbiLockEntry> FindBoth(string compatible)
    {
        if (ShippedEntries.TryGetValue(compatible, out AbiLockEntry? shipped))
            yield return shipped;
        if (UnshippedEntries.TryGetValue(compatible, out AbiLockEntry? unshipped))
            yield return unshipped;
    }
}
