using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>
/// Entries in memory that is handed over, which files add to while they are preserved. A free entry is all zero. Not thread-safe: one agent
/// preserves.
/// </summary>
/// <typeparam name="TEntry">The entry.</typeparam>
public sealed class SharedTable<TEntry>(KhoVmallocArray<TEntry> entries)
    where TEntry : unmanaged, IEquatable<TEntry>
{
    /// <summary>The entries that are not free.</summary>
    public TEntry[] ToArray() => [.. entries.ToArray().Where(entry => !entry.Equals(default))];

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOSPC"/>: the table is full.</exception>
    public void Add(TEntry entry) => entries[Find(default) ?? throw new ErrnoException(Errno.ENOSPC, $"There is no room for {entry}: {entries.Count} are there.")] = entry;

    /// <summary>Takes an entry out.</summary>
    public void Remove(TEntry entry)
    {
        if (Find(entry) is { } index)
            entries[index] = default;
    }

    /// <summary>Whether there is such an entry.</summary>
    public bool Contains(TEntry entry) => Find(entry) is not null;

    private ulong? Find(TEntry entry)
    {
        for (ulong i = 0; i < entries.Count; i++)
        {
            if (entries[i].Equals(entry))
                return i;
        }
        return null;
    }
}
