using System.Diagnostics.CodeAnalysis;

namespace LuoHandlers.Kho;

/// <summary>
/// A list of ranges. Generic lists of our own structs are compiled in each program that starts, between the jump and the first file that
/// is back; this one can be compiled ahead of time.
/// </summary>
internal sealed class KhoRangeList
{
    private KhoRange[] _ranges = new KhoRange[4];

    /// <summary>How many ranges there are.</summary>
    public int Count { get; private set; }

    /// <summary>A range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public KhoRange this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                ThrowOutOfRange(index);
            return _ranges[index];
        }
    }

    public void Add(KhoRange range)
    {
        if (Count == _ranges.Length)
        {
            var larger = new KhoRange[Count * 2];
            Array.Copy(_ranges, larger, Count);
            _ranges = larger;
        }
        _ranges[Count++] = range;
    }

    public void RemoveLast() => Count--;

    public void Clear() => Count = 0;

    [DoesNotReturn]
    private static void ThrowOutOfRange(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, "There is no such range.");
}
