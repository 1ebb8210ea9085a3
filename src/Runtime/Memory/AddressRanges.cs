namespace LuoHandlers.Memory;

/// <summary>Ranges of physical memory, in ascending order and apart from each other: what of a memory there is anything known of.</summary>
internal sealed class AddressRanges
{
    private readonly List<(ulong Start, ulong End)> _ranges = [];

    /// <summary>The ranges, in ascending order.</summary>
    public IEnumerable<(PhysicalAddress Start, ulong Length)> All =>
        _ranges.Select(range => (new PhysicalAddress(range.Start), range.End - range.Start));

    /// <summary>How many ranges there are.</summary>
    public int Count => _ranges.Count;

    /// <summary>Adds a range that starts no earlier than the last one did; what touches or overlaps becomes one.</summary>
    public void Append(PhysicalAddress start, ulong length)
    {
        if (length == 0)
            return;
        ulong end = checked(start.Value + length);
        if (_ranges.Count > 0 && start.Value <= _ranges[^1].End)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(start.Value, _ranges[^1].Start, nameof(start));
            _ranges[^1] = (_ranges[^1].Start, Math.Max(_ranges[^1].End, end));
            return;
        }
        _ranges.Add((start.Value, end));
    }

    /// <summary>Whether all bytes of a range are in these.</summary>
    public bool Contains(PhysicalAddress address, ulong length)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].End <= address.Value)
                low = middle + 1;
            else
                high = middle;
        }
        return low < _ranges.Count && _ranges[low].Start <= address.Value && length <= _ranges[low].End - address.Value;
    }
}
