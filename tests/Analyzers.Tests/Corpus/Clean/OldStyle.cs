#nullable disable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

// Nothing is said of null.
namespace Clean.OldStyle
{
    public class Chan : LuoFile
    {
        private PageAllocator pages;
        public Chan(PageAllocator pages, Folio buffer) { this.pages = pages; Buffer = buffer; }
        public Folio Buffer { get; private set; }
        public bool Stopped;
        public void Resume() { Stopped = false; }
        protected override void Release() { pages.Free(Buffer); }
    }

    [PreservedState]
    public struct ChanState { public PhysicalAddress Buffer; }

    [LiveUpdateFileHandler("g-chan-v1")]
    public sealed partial class ChanHandler
    {
        bool CanPreserve(Chan file) { return true; }
        void Preserve(Chan file, out ChanState state, IKho kho)
        {
            state = new ChanState();
            state.Buffer = kho.Preserve(file.Buffer).Address;
        }
        void Unpreserve(Chan file, in ChanState state, IKho kho) { kho.Unpreserve(kho.FindPreserved(state.Buffer)); }
        Chan Retrieve(in ChanState state, IKho kho)
        {
            Chan chan = new Chan(kho.Pages, kho.Restore(kho.FindInherited(state.Buffer)));
            chan.Stopped = true;
            return chan;
        }
        bool CanFinish(Chan file) { return file == null || !file.Stopped; }
        void Finish(Chan file, in ChanState state, IKho kho)
        {
            // the state is zero unless nobody retrieved it
            if (!state.Buffer.IsNull)
            {
                kho.RestoreFree(kho.FindInherited(state.Buffer));
                return;
            }
            if (file == null)
                return;
            file.Resume();
        }
    }
}
