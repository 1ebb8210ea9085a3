using LuoHandlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample;

/// <summary>The sample's handler as it was in an older build: <c>memfd-v1</c>. Here it only hands over.</summary>
[LiveUpdateFileHandler("memfd-v1")]
public sealed partial class MemfdHandler
{
    private bool CanPreserve(Memfd file) => true;

    private void Preserve(Memfd file, out MemfdStateV1 state, IKho kho)
    {
        file.FreezeMapping();
        IReadOnlyList<(ulong Index, Folio Folio)> folios = file.GetFolios();
        var array = KhoVmallocArray<MemfdFolio>.AllocatePreserved(kho, (ulong)folios.Count);
        for (int i = 0; i < folios.Count; i++)
        {
            kho.Preserve(folios[i].Folio);
            array[(ulong)i] = new MemfdFolio(folios[i].Folio, folios[i].Index);
        }
        state = new MemfdStateV1 { Position = (ulong)file.Position, Size = (ulong)file.Size, FolioCount = array.Count, Folios = array.Descriptor };
    }

    private void Freeze(Memfd file, ref MemfdStateV1 state) => state.Position = (ulong)file.Position;

    private void Unpreserve(Memfd file) => throw new NotSupportedException("The session of this program is never closed.");

    private Memfd Retrieve(in MemfdStateV1 state) => throw new NotSupportedException("Nothing is handed over to this program.");

    private void Finish(Memfd? file) => throw new NotSupportedException("Nothing is handed over to this program.");
}
