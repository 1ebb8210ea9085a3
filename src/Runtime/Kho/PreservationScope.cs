using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Preserves several things as one: disposed without <see cref="Commit"/>, it takes all of them back, the last one first.
/// So a preserve callback that fails half-way leaves nothing behind.
/// </summary>
/// <param name="kho">Where to preserve.</param>
public sealed class PreservationScope(IKho kho) : IDisposable
{
    private readonly List<(KhoRange Range, bool IsAllocated)> _ranges = [];
    private readonly List<Action> _others = [];
    private bool _isCommitted;

    /// <summary>Preserves a folio, as <see cref="IKho.Preserve"/>.</summary>
    /// <exception cref="ErrnoException">As <see cref="IKho.Preserve"/>.</exception>
    public KhoRange Preserve(Folio folio)
    {
        KhoRange range = kho.Preserve(folio);
        _ranges.Add((range, IsAllocated: false));
        return range;
    }

    /// <summary>Allocates preserved memory, as <see cref="IKho.AllocatePreserved"/>.</summary>
    /// <exception cref="ErrnoException">As <see cref="IKho.AllocatePreserved"/>.</exception>
    public KhoRange AllocatePreserved(int byteCount)
    {
        KhoRange range = kho.AllocatePreserved(byteCount);
        _ranges.Add((range, IsAllocated: true));
        return range;
    }

    /// <summary>Remembers something else to take back, after the memory; the last one first.</summary>
    public void OnRollback(Action undo)
    {
        ArgumentNullException.ThrowIfNull(undo);
        _others.Add(undo);
    }

    /// <summary>Keeps all: nothing is taken back any more.</summary>
    public void Commit() => _isCommitted = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isCommitted)
            return;
        _isCommitted = true;
        for (int i = _ranges.Count - 1; i >= 0; i--)
        {
            if (_ranges[i].IsAllocated)
                kho.UnpreserveFree(_ranges[i].Range);
            else
                kho.Unpreserve(_ranges[i].Range);
        }
        for (int i = _others.Count - 1; i >= 0; i--)
            _others[i]();
    }
}
