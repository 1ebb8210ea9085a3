using LuoHandlers.Kho;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>An array that the previous kernel wrote. Its count is believed, as far as there is memory.</summary>
internal sealed class IncomingArray(IInheritedMemory memory, KhoRange range, EntryArrayLayout layout, ulong count) : IncomingEntries
{
    public override int Count { get; } = (int)Math.Min(count, (ulong)layout.Capacity);

    public override bool IsCutShort => count > (ulong)layout.Capacity;

    public override ReadOnlySpan<byte> this[int index] => memory.GetSpan(range).Slice(layout.GetOffset(index), layout.EntrySize);

    public override void Free() => memory.TryRestoreFree(range);
}
