using System.Security.Cryptography;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace LuoHandlers.Inspection;

/// <summary>A memfd that was handed over. Its contents are in the memory of the report that it is of.</summary>
public sealed class HandoverMemfd
{
    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly HandedOverMemory _memory;
    private readonly IReadOnlyList<(KhoRange Range, bool IsUpToDate)> _contents;

    /// <param name="memory">Where the contents are.</param>
    /// <param name="contents">The folios in the order of the file, which they cover without a gap.</param>
    internal HandoverMemfd(HandedOverMemory memory, IReadOnlyList<(KhoRange Range, bool IsUpToDate)> contents)
    {
        _memory = memory;
        _contents = contents;
    }

    /// <summary>The position of the open file.</summary>
    public required ulong Position { get; init; }

    /// <summary>The size in bytes.</summary>
    public required ulong Size { get; init; }

    /// <summary>The seals; null where the format has none (<c>memfd-v1</c>).</summary>
    public required MemfdSeals? Seals { get; init; }

    /// <summary>The flags of the record, 0 so far; null where the format has none (<c>memfd-v1</c>).</summary>
    public required uint? Flags { get; init; }

    /// <summary>How many folios hold the contents.</summary>
    public int FolioCount => _contents.Count;

    /// <summary>Writes the contents.</summary>
    /// <exception cref="ObjectDisposedException">The report is disposed.</exception>
    public void CopyContentsTo(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ForEachPart(destination.Write);
    }

    /// <summary>The SHA-256 of the contents, 32 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The report is disposed.</exception>
    public byte[] ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEachPart(hash.AppendData);
        return hash.GetHashAndReset();
    }

    private void ForEachPart(PartAction action)
    {
        ulong left = Size;
        foreach ((KhoRange range, bool isUpToDate) in _contents)
        {
            int length = (int)Math.Min(left, (ulong)range.ByteCount);
            left -= (ulong)length;
            if (isUpToDate)
            {
                action(_memory.GetSpan(range)[..length]);
                continue;
            }
            for (; length > 0; length -= Zeros.Length)
                action(Zeros.AsSpan(0, Math.Min(length, Zeros.Length)));
        }
    }

    private delegate void PartAction(ReadOnlySpan<byte> bytes);
}
