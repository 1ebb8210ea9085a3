using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace MyBuffer;

/// <summary>Carries the files through a live update.</summary>
[LiveUpdateFileHandler("mybuffer-v1")]
public sealed partial class MyBufferHandler
{
    bool CanPreserve(MyBufferFile file) => true;

    void Preserve(MyBufferFile file, out MyBufferState state, IKho kho) =>
        state = new MyBufferState { Page = kho.Preserve(file.Page).Address, Length = (ulong)file.Length };

    void Unpreserve(MyBufferFile file, in MyBufferState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

    // The file may be written to until the reboot.
    void Freeze(MyBufferFile file, ref MyBufferState state) => state.Length = (ulong)file.Length;

    MyBufferFile Retrieve(in MyBufferState state, IKho kho)
    {
        KhoRange page = kho.FindInherited(state.Page);
        // What comes in was written by another program. LUO asks once: what is not freed when this fails is lost.
        if (state.Length > Page.Size)
        {
            kho.RestoreFree(page);
            throw new ErrnoException(Errno.EINVAL, $"A page has no room for {state.Length} bytes.");
        }
        return new MyBufferFile(kho.Pages, kho.Restore(page)).WithLength((int)state.Length);
    }

    void Finish(MyBufferFile? file, in MyBufferState state, RetrieveStatus status, IKho kho)
    {
        // Nobody asked for the file, so that its page is still in nobody's hands.
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
