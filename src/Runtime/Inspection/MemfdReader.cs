using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Inspection;

/// <summary>Reads the memfds that were handed over. What one of them has no other one can have.</summary>
/// <param name="memory">Where they are; not trusted.</param>
internal sealed class MemfdReader(HandedOverMemory memory)
{
    private const string CompatibleV1 = "memfd-v1";
    private const string CompatibleV2 = "memfd-v2";

    /// <summary>Reads the memfd of a file; null if the file is none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The file in words, for messages.</param>
    /// <exception cref="InvalidHandoverException">The state, or what it points to, was not handed over, or contradicts itself.</exception>
    public HandoverMemfd? Read(FileEntry file, string name)
    {
        var address = new PhysicalAddress(file.Data);
        switch (file.Compatible.ToString())
        {
            case CompatibleV1:
                MemfdStateV1 old = ReadState<MemfdStateV1>(address, name);
                return new HandoverMemfd(memory, ReadFolios(address, name, old.Size, old.FolioCount, old.Folios))
                {
                    Position = old.Position,
                    Size = old.Size,
                    Seals = null,
                    Flags = null,
                };
            case CompatibleV2:
                MemfdState state = ReadState<MemfdState>(address, name);
                return new HandoverMemfd(memory, ReadFolios(address, name, state.Size, state.FolioCount, state.Folios))
                {
                    Position = state.Position,
                    Size = state.Size,
                    Seals = state.Seals,
                    Flags = state.Flags,
                };
            default:
                return null;
        }
    }

    private TState ReadState<TState>(PhysicalAddress address, string name)
        where TState : unmanaged
    {
        if (!memory.TryFindInherited(address, Unsafe.SizeOf<TState>(), out KhoRange range))
            throw new InvalidHandoverException(address, $"the state of {name}", "is not memory that was handed over, or something else has it too");
        memory.RestoreFree(range);
        return MemoryMarshal.Read<TState>(memory.GetSpan(range));
    }

    private List<(KhoRange Range, bool IsUpToDate)> ReadFolios(
        PhysicalAddress state,
        string name,
        ulong size,
        ulong count,
        KhoVmalloc<MemfdFolio> descriptor)
    {
        KhoVmallocArray<MemfdFolio> records = FindRecords(state, name, count, descriptor);
        var contents = new List<(KhoRange Range, ulong Index, bool IsUpToDate)>();
        for (ulong i = 0; i < records.Count; i++)
        {
            MemfdFolio folio = records[i];
            if (!memory.TryFindInherited(folio.Address, Page.Size, out KhoRange range))
                throw new InvalidHandoverException(folio.Address, $"folio {i} of {name}", "is not memory that was handed over, or something else has it too");
            memory.RestoreFree(range);
            contents.Add((range, folio.Index, folio.IsUpToDate));
        }
        contents.Sort(static (left, right) => left.Index.CompareTo(right.Index));

        // Whoever preserves a memfd fills its holes first.
        ulong end = 0;
        foreach ((KhoRange range, ulong index, _) in contents)
        {
            if (index != end)
                throw new InvalidHandoverException(range.Address, $"a folio of {name}", $"begins at page {index} of the file, where page {end} should follow");
            end += (ulong)range.Folio.PageCount;
        }
        if (Page.CountFor(size) > end)
            throw new InvalidHandoverException(state, $"the size of {name}", $"is {size} bytes, but its folios hold only {end} pages");
        return [.. contents.Select(folio => (folio.Range, folio.IsUpToDate))];
    }

    private KhoVmallocArray<MemfdFolio> FindRecords(PhysicalAddress state, string name, ulong count, KhoVmalloc<MemfdFolio> descriptor)
    {
        try
        {
            var records = KhoVmallocArray<MemfdFolio>.FindInherited(memory, descriptor, count);
            records.RestoreFree();
            return records;
        }
        catch (ErrnoException e)
        {
            throw new InvalidHandoverException(state, $"the list of folios of {name}", $"is not valid: {e.Message.TrimEnd('.')}");
        }
    }
}
