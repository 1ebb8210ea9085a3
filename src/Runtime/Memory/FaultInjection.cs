namespace LuoHandlers.Memory;

/// <summary>Makes chosen allocations of a kernel fail, once each, to see that a failure is survived.</summary>
public sealed class FaultInjection
{
    private readonly Lock _lock = new();
    private readonly List<(FaultPoint Point, int Remaining)> _faults = [];
    private volatile bool _isArmed;

    /// <summary>Lets one coming allocation fail.</summary>
    /// <param name="point">Which kind.</param>
    /// <param name="nth">0 for the very next one of this kind, 1 for the one after it, and so on.</param>
    public void FailNext(FaultPoint point, int nth = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nth);
        lock (_lock)
        {
            _faults.Add((point, nth));
            _isArmed = true;
        }
    }

    /// <summary>Drops all faults that have not happened yet.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
            _isArmed = false;
        }
    }

    /// <summary>Whether the allocation that is about to happen shall fail.</summary>
    internal bool ShouldFail(FaultPoint point)
    {
        if (!_isArmed)
            return false;
        lock (_lock)
        {
            bool fail = false;
            for (int i = _faults.Count - 1; i >= 0; i--)
            {
                if (_faults[i].Point != point)
                    continue;
                if (_faults[i].Remaining == 0)
                {
                    fail = true;
                    _faults.RemoveAt(i);
                }
                else
                {
                    _faults[i] = (point, _faults[i].Remaining - 1);
                }
            }
            _isArmed = _faults.Count > 0;
            return fail;
        }
    }
}
