using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

// Everything said at length, and a loop that undoes what it counted.
namespace Clean.CountedRollback
{
    public class ScratchPad : LuoFile
    {
        private readonly PageAllocator _allocator;
        private readonly List<Folio> _sheets = new List<Folio>();

        public ScratchPad(PageAllocator allocator)
        {
            if (allocator == null)
            {
                throw new ArgumentNullException(nameof(allocator));
            }

            this._allocator = allocator;
        }

        public IList<Folio> Sheets
        {
            get
            {
                return this._sheets;
            }
        }

        protected override void Release()
        {
            for (int index = 0; index < this._sheets.Count; index++)
            {
                this._allocator.Free(this._sheets[index]);
            }

            this._sheets.Clear();
        }
    }

    [PreservedState]
    public struct ScratchPadState
    {
        public ulong SheetCount;
        public KhoVmalloc<ulong> SheetAddresses;
    }

    [LiveUpdateFileHandler("scratchpad-v1")]
    public sealed partial class ScratchPadHandler
    {
        public bool CanPreserve(ScratchPad file)
        {
            bool result;
            if (file.Sheets.Count > 4096)
            {
                result = false;
            }
            else
            {
                result = true;
            }

            return result;
        }

        public Errno Preserve(ScratchPad file, out ScratchPadState state, IKho kho)
        {
            Errno result = Errno.None;
            int preservedCount = 0;
            KhoVmallocArray<ulong> addresses;

            state = default(ScratchPadState);

            try
            {
                addresses = KhoVmallocArray<ulong>.AllocatePreserved(kho, (ulong)file.Sheets.Count);
            }
            catch (ErrnoException exception)
            {
                return exception.Errno;
            }

            for (int index = 0; index < file.Sheets.Count; index++)
            {
                try
                {
                    KhoRange range = kho.Preserve(file.Sheets[index]);
                    addresses[(ulong)index] = range.Address.Value;
                    preservedCount = preservedCount + 1;
                }
                catch (ErrnoException exception)
                {
                    result = exception.Errno;
                    break;
                }
            }

            if (result != Errno.None)
            {
                for (int index = preservedCount - 1; index >= 0; index--)
                {
                    kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(addresses[(ulong)index])));
                }

                addresses.UnpreserveFree();
            }
            else
            {
                state.SheetCount = (ulong)file.Sheets.Count;
                state.SheetAddresses = addresses.Descriptor;
            }

            return result;
        }

        public void Unpreserve(ScratchPad file, in ScratchPadState state, IKho kho)
        {
            KhoVmallocArray<ulong> addresses = KhoVmallocArray<ulong>.FindPreserved(kho, state.SheetAddresses, state.SheetCount);
            for (ulong index = 0; index < state.SheetCount; index++)
            {
                kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(addresses[index])));
            }

            addresses.UnpreserveFree();
        }

        public Errno Retrieve(in ScratchPadState state, out ScratchPad? file, IKho kho)
        {
            Errno result = Errno.None;
            KhoVmallocArray<ulong> addresses = KhoVmallocArray<ulong>.FindInherited(kho, state.SheetAddresses, state.SheetCount);
            ScratchPad pad = new ScratchPad(kho.Pages);

            for (ulong index = 0; index < addresses.Count; index++)
            {
                KhoRange range;
                if (!kho.TryFindInherited(new PhysicalAddress(addresses[index]), out range))
                {
                    result = Errno.EINVAL;
                    continue;
                }

                if (result == Errno.None)
                {
                    pad.Sheets.Add(kho.Restore(range));
                }
                else
                {
                    kho.RestoreFree(range);
                }
            }

            addresses.RestoreFree();
            if (result == Errno.None)
            {
                file = pad;
            }
            else
            {
                pad.Put();
                file = null;
            }

            return result;
        }

        public void Finish(ScratchPad? file, in ScratchPadState state, RetrieveStatus status, IKho kho)
        {
            if (status.IsNotTried == true)
            {
                KhoVmallocArray<ulong> addresses = KhoVmallocArray<ulong>.FindInherited(kho, state.SheetAddresses, state.SheetCount);
                for (ulong index = 0; index < addresses.Count; index++)
                {
                    KhoRange range;
                    if (kho.TryFindInherited(new PhysicalAddress(addresses[index]), out range))
                    {
                        kho.RestoreFree(range);
                    }
                }

                addresses.RestoreFree();
            }
        }
    }
}
