// H046: a device that is gone is noticed only after the page was found.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Usb(ulong path) : LuoFile { public ulong Path => path; }

[PreservedState]
public struct UsbState
{
    public PhysicalAddress Descriptor;
    public ulong Path;
}

[LiveUpdateFileHandler("usb-v1")]
public sealed partial class UsbHandler(Func<ulong, bool> isPlugged)
{
    bool CanPreserve(Usb file) => isPlugged(file.Path);

    void Preserve(Usb file, out UsbState state, IKho kho)
    {
        KhoRange page = kho.AllocatePreserved(256);
        kho.GetSpan(page)[0] = 18;
        state = new UsbState { Descriptor = page.Address, Path = file.Path };
    }

    void Unpreserve(Usb file, in UsbState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Descriptor));

    Errno Retrieve(in UsbState state, IKho kho, out Usb? file)
    {
        file = null;
        if (!{|LUO4007:kho.TryFindInherited(state.Descriptor, out KhoRange page)|})
            return Errno.EINVAL;
        if (!isPlugged(state.Path))
            return Errno.ENODEV;
        byte length = kho.GetSpan(page)[0];
        kho.RestoreFree(page);
        if (length != 18)
            return Errno.EINVAL;
        file = new Usb(state.Path);
        return Errno.None;
    }

    void Finish(Usb? file, in UsbState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(state.Descriptor));
    }
}
