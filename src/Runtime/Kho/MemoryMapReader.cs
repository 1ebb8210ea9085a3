using LuoHandlers.Collections;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>Reads the pages of a record of preserved memory, each of them once.</summary>
/// <param name="memory">The memory that they are in.</param>
/// <param name="present">What of the memory is known; null: all of it.</param>
internal sealed class MemoryMapReader(PhysicalMemory memory, AddressRanges? present)
{
    private readonly UInt64Set _read = new();

    /// <summary>What the record says.</summary>
    public InheritedPages Pages { get; } = new();

    /// <summary>The pages of the record itself.</summary>
    public IEnumerable<PhysicalAddress> Read => _read.Numbers.Select(address => new PhysicalAddress(address));

    /// <summary>Reads a page of the record.</summary>
    /// <param name="address">Its address; not trusted.</param>
    /// <param name="what">What should be there.</param>
    /// <exception cref="InvalidHandoverException">There is no such page, or it was read before.</exception>
    public ReadOnlySpan<byte> ReadPage(PhysicalAddress address, string what)
    {
        if (!address.IsPageAligned || !memory.Contains(address, Page.Size))
            throw new InvalidHandoverException(address, what, "is not a page of memory");
        if (present?.Contains(address, Page.Size) == false)
            throw new InvalidHandoverException(address, what, "is missing in the image");
        // A page that leads to itself would make the way endless, one that is shared would make it explode.
        if (!_read.Add(address.Value))
            throw new InvalidHandoverException(address, what, "is used twice");
        return memory.GetSpan(address, Page.Size);
    }
}
