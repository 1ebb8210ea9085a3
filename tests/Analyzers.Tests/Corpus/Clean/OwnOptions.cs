using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.OwnOptions;

// Options, validation and a factory of its own.
public sealed class Lease(ulong owner) : LuoFile { public ulong Owner { get; private set; } = owner; public uint Epoch { get; set; } public void Renew() => Epoch++; }

[PreservedState] public struct LeaseState { public ulong Owner; public uint Epoch; private readonly uint _unused; }

public sealed class LeaseToken(Lease lease, Action<Lease> onRelease)
{
    public Lease Lease => lease;
    public void Release() => onRelease(lease);
}

[LiveUpdateFileHandler("lease-token-v1")]
public sealed partial class LeaseHandler
{
    private ImmutableHashSet<ulong> _owners = [];
    private readonly HashSet<Lease> _frozen = new(ReferenceEqualityComparer.Instance);

    public event EventHandler<Lease>? Preserving;

    bool CanPreserve(Lease file) => !_owners.Contains(file.Owner);

    void Preserve(Lease file, out LeaseState state, out LeaseToken token)
    {
        Preserving?.Invoke(this, file);
        if (!ImmutableInterlocked.Update(ref _owners, static (set, owner) => set.Add(owner), file.Owner))
            throw new ErrnoException(Errno.EBUSY, $"Owner {file.Owner} has a lease preserved.");
        token = new LeaseToken(file, lease => ImmutableInterlocked.Update(ref _owners, static (set, owner) => set.Remove(owner), lease.Owner));
        state = new LeaseState { Owner = file.Owner, Epoch = file.Epoch };
    }

    void Unpreserve(LeaseToken token) => token.Release();

    void Freeze(Lease file, ref LeaseState state, LeaseToken token)
    {
        if (!ReferenceEquals(file, token.Lease)) throw new InvalidOperationException();
        _frozen.Add(file);
        state.Epoch = file.Epoch;
    }

    void Unfreeze(Lease file) => _frozen.Remove(file);

    Lease Retrieve(in LeaseState state)
    {
        if (state.Owner == 0) throw new ErrnoException(Errno.EINVAL, "no owner");
        return new Lease(state.Owner) { Epoch = unchecked(state.Epoch + 1) };
    }

    bool CanFinish(Lease? file, in LeaseState state, RetrieveStatus status) => status switch
    {
        { IsNotTried: true } => state.Owner != 0,
        { IsFailed: true } => true,
        _ => file!.Epoch > 0,
    };

    void Finish(Lease? file, RetrieveStatus status)
    {
        if (status.IsRetrieved)
            file!.Renew();
    }
}

public sealed class Blob2(PageAllocator pages, IEnumerable<Folio> folios) : LuoFile
{
    public ImmutableArray<Folio> Folios { get; } = [.. folios];
    public long Length { get; init; }
    protected override void Release() { foreach (var f in Folios) pages.Free(f); }
}

[PreservedState]
public struct Blob2State
{
    public ulong Length;
    public KhoVmalloc<PhysicalAddress> Table;

    public readonly ulong PageCount => Page.CountFor(Length);

    public static Blob2State Of(Blob2 file, KhoVmallocArray<PhysicalAddress> table) => new() { Length = (ulong)file.Length, Table = table.Descriptor };
}

internal sealed class FolioTable(IKho kho)
{
    public KhoVmallocArray<PhysicalAddress> Preserve(ImmutableArray<Folio> folios)
    {
        using var scope = new PreservationScope(kho);
        var table = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)folios.Length);
        scope.OnRollback(table.UnpreserveFree);
        for (int i = 0; i < folios.Length; i++)
            table[(ulong)i] = scope.Preserve(folios[i]).Address;
        scope.Commit();
        return table;
    }

    public void Unpreserve(KhoVmalloc<PhysicalAddress> descriptor, ulong count)
    {
        var table = KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, descriptor, count);
        foreach (var address in table.ToArray()) kho.Unpreserve(kho.FindPreserved(address));
        table.UnpreserveFree();
    }

    public IEnumerable<Folio> Restore(KhoVmalloc<PhysicalAddress> descriptor, ulong count)
    {
        var table = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, descriptor, count);
        var addresses = table.ToArray();
        table.RestoreFree();
        var done = new List<Folio>();
        foreach (var address in addresses)
        {
            if (kho.TryFindInherited(address, out var range)) done.Add(kho.Restore(range));
        }
        if (done.Count == addresses.Length) return done;
        done.ForEach(kho.Pages.Free);
        throw new ErrnoException(Errno.EINVAL, "incomplete");
    }

    public void Discard(KhoVmalloc<PhysicalAddress> descriptor, ulong count)
    {
        foreach (var folio in Restore(descriptor, count)) kho.Pages.Free(folio);
    }
}

[LiveUpdateFileHandler("blob-two-v1")]
public sealed partial class Blob2Handler
{
    bool CanPreserve(Blob2 file) => (ulong)file.Folios.Length == Page.CountFor((ulong)file.Length);
    void Preserve(Blob2 file, out Blob2State state, IKho kho) => state = Blob2State.Of(file, new FolioTable(kho).Preserve(file.Folios));
    void Unpreserve(in Blob2State state, IKho kho) => new FolioTable(kho).Unpreserve(state.Table, state.PageCount);
    Blob2 Retrieve(in Blob2State state, IKho kho)
    {
        if (state.Length > long.MaxValue) throw new ErrnoException(Errno.EFBIG);
        return new(kho.Pages, new FolioTable(kho).Restore(state.Table, state.PageCount)) { Length = (long)state.Length };
    }
    void Finish(in Blob2State state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) new FolioTable(kho).Discard(state.Table, state.PageCount);
    }
}

public sealed class Sealed2 : LuoFile { public MemfdSeals Seals { get; init; } public uint Order { get; init; } }

[PreservedState] public struct Sealed2State { public MemfdSeals Seals; public uint Order; }

[LiveUpdateFileHandler("sealed-v1")]
public sealed partial class Sealed2Handler
{
    bool CanPreserve(Sealed2 file)
    {
        return file switch
        {
            { Seals: var s } when (s & ~MemfdSeals.All) != 0 => false,
            { Order: > Page.MaximumOrder } => false,
            _ => true,
        };
    }
    void Preserve(Sealed2 file, out Sealed2State state) => (state.Seals, state.Order) = (file.Seals, file.Order);
    void Unpreserve(Sealed2 file) => _ = file;
    Sealed2 Retrieve(in Sealed2State state)
    {
        var (seals, order) = (state.Seals, state.Order);
        if ((seals | MemfdSeals.All) != MemfdSeals.All) throw new ErrnoException(Errno.EOPNOTSUPP);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, (uint)Page.MaximumOrder);
        return new Sealed2 { Seals = seals, Order = order };
    }
    void Finish(Sealed2? file) => _ = file;
}
