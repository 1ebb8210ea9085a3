using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>A handler for memfds that writes and reads the kernel's own layout, with nothing but the raw contract.</summary>
internal sealed class MemfdHandler : ILiveUpdateFileHandler
{
    private const ulong Dirty = 1UL << 52;
    private const ulong UpToDate = 1UL << 53;

    /// <summary>An exception of a callback that is no failure a handler may have: a hole in the runtime.</summary>
    public Exception? Unexpected { get; private set; }

    public ReadOnlySpan<byte> Compatible => "memfd-v2"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.GetId;

    public bool CanPreserve(LuoFile file) => file is Memfd;

    public ulong GetId(LuoFile file) => ((Memfd)file).InodeNumber;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        var memfd = (Memfd)args.File!;
        memfd.FreezeMapping();
        IReadOnlyList<(ulong Index, Folio Folio)> folios = memfd.GetFolios();
        foreach ((_, Folio folio) in folios)
            args.Kho.Preserve(folio);
        var records = KhoVmallocArray<FolioRecord>.AllocatePreserved(args.Kho, (ulong)folios.Count);
        for (int i = 0; i < folios.Count; i++)
            records[(ulong)i] = new FolioRecord { Word = folios[i].Folio.Pfn.Value | Dirty | UpToDate, Index = folios[i].Index };
        KhoRange range = args.Kho.AllocatePreserved(Unsafe.SizeOf<State>());
        MemoryMarshal.AsRef<State>(args.Kho.GetSpan(range)) = new State
        {
            Position = (ulong)memfd.Position,
            Size = (ulong)memfd.Size,
            Seals = memfd.Seals,
            FolioCount = (ulong)folios.Count,
            Folios = records.Descriptor,
        };
        args.SerializedData = range.Address.Value;
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args)
    {
        KhoRange range = args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData));
        ref State state = ref MemoryMarshal.AsRef<State>(args.Kho.GetSpan(range));
        KhoVmallocArray<FolioRecord>.FindPreserved(args.Kho, state.Folios, state.FolioCount).UnpreserveFree();
        var memfd = (Memfd)args.File!;
        foreach ((_, Folio folio) in memfd.GetFolios())
            args.Kho.Unpreserve(args.Kho.FindPreserved(folio.Address));
        args.Kho.UnpreserveFree(range);
        memfd.UnfreezeMapping();
    }

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        KhoRange range = args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData));
        MemoryMarshal.AsRef<State>(args.Kho.GetSpan(range)).Position = (ulong)((Memfd)args.File!).Position;
        return 0;
    }

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        try
        {
            args.File = Take(args.Kho, args.SerializedData);
            return 0;
        }
        catch (Exception e) when (e is not ErrnoException)
        {
            Unexpected = e;
            throw;
        }
    }

    public void Finish(ref LiveUpdateFileOpArgs args)
    {
        try
        {
            if (args.RetrieveStatus.IsNotTried)
                Take(args.Kho, args.SerializedData).Put();
        }
        catch (Exception e) when (e is not ErrnoException)
        {
            Unexpected = e;
            throw;
        }
    }

    private static Memfd Take(IKho kho, ulong handle)
    {
        KhoRange range = kho.FindInherited(new PhysicalAddress(handle));
        State state = MemoryMarshal.Read<State>(kho.GetSpan(range));
        kho.RestoreFree(range);
        if (state.Size > long.MaxValue || state.Position > long.MaxValue)
            throw new ErrnoException(Errno.EINVAL);
        var records = KhoVmallocArray<FolioRecord>.FindInherited(kho, state.Folios, state.FolioCount);
        var memfd = new Memfd(kho.Pages);
        bool isComplete = false;
        try
        {
            memfd.SetSize((long)state.Size);
            for (ulong i = 0; i < records.Count; i++)
            {
                FolioRecord record = records[i];
                KhoRange folio = kho.FindInherited(new Pfn(record.Word & ((1UL << 52) - 1)).Address);
                memfd.AddFolio(record.Index, kho.Restore(folio));
            }
            records.RestoreFree();
            memfd.Position = (long)state.Position;
            memfd.AddSeals(state.Seals);
            isComplete = true;
            return memfd;
        }
        finally
        {
            if (!isComplete)
                memfd.Put();
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct State
    {
        public ulong Position;
        public ulong Size;
        public MemfdSeals Seals;
        public uint Flags;
        public ulong FolioCount;
        public KhoVmalloc<FolioRecord> Folios;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct FolioRecord
    {
        public ulong Word;
        public ulong Index;
    }
}
