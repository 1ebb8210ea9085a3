using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.InlineArrayPages;

// A few addresses in place, in a handler of two parts.
public enum PixelFormat : uint { Xrgb = 0x34325258, Argb = 0x34325241, Nv12 = 0x3231564e }

public sealed class Framebuffer(PageAllocator pages, PixelFormat format, uint width, uint height, Folio[] planes) : LuoFile
{
    public PixelFormat Format => format;
    public uint Width => width;
    public uint Height => height;
    public IReadOnlyList<Folio> Planes => planes;

    protected override void Release()
    {
        foreach (var plane in planes)
            pages.Free(plane);
    }
}

[InlineArray(4)]
public struct PlaneList
{
    private PhysicalAddress _element0;
}

[PreservedState]
public struct FramebufferState
{
    public PixelFormat Format;
    public uint Width;
    public uint Height;
    public uint PlaneCount;
    public PlaneList Planes;
}

public sealed partial class FramebufferHandler
{
    private const int MaxPlanes = 4;

    private static bool IsSupported(PixelFormat format) => format is PixelFormat.Xrgb or PixelFormat.Argb or PixelFormat.Nv12;

    private static KhoRange[] PinPlanes(Framebuffer file, IKho kho)
    {
        var pinned = new List<KhoRange>(file.Planes.Count);
        try
        {
            foreach (Folio plane in file.Planes)
                pinned.Add(kho.Preserve(plane));
            return [.. pinned];
        }
        catch (ErrnoException)
        {
            pinned.Reverse();
            pinned.ForEach(kho.Unpreserve);
            throw;
        }
    }

    private static void FillState(Framebuffer file, KhoRange[] planes, out FramebufferState state)
    {
        state = new FramebufferState
        {
            Format = file.Format,
            Width = file.Width,
            Height = file.Height,
            PlaneCount = (uint)planes.Length,
        };
        for (int i = 0; i < planes.Length; i++)
            state.Planes[i] = planes[i].Address;
    }

    private static void UnpinPlanes(in FramebufferState state, IKho kho)
    {
        ReadOnlySpan<PhysicalAddress> planes = state.Planes;
        foreach (PhysicalAddress plane in planes[..(int)state.PlaneCount])
            kho.Unpreserve(kho.FindPreserved(plane));
    }

    private static Framebuffer Rebuild(in FramebufferState state, IKho kho)
    {
        if (state.PlaneCount > MaxPlanes || !IsSupported(state.Format) || state.Width == 0 || state.Height == 0)
        {
            DropPlanes(in state, kho);
            throw new ErrnoException(Errno.EINVAL, $"A framebuffer of {state.PlaneCount} planes in format {state.Format} can't be.");
        }
        var folios = new Folio[state.PlaneCount];
        int done = 0;
        try
        {
            for (; done < folios.Length; done++)
                folios[done] = kho.Restore(kho.FindInherited(state.Planes[done]));
        }
        catch
        {
            for (int i = 0; i < done; i++)
                kho.Pages.Free(folios[i]);
            DropPlanes(in state, kho);
            throw;
        }
        return new Framebuffer(kho.Pages, state.Format, state.Width, state.Height, folios);
    }

    private static void DropPlanes(in FramebufferState state, IKho kho)
    {
        for (int i = 0; i < Math.Min((int)state.PlaneCount, MaxPlanes); i++)
        {
            if (kho.TryFindInherited(state.Planes[i], out KhoRange plane))
                kho.RestoreFree(plane);
        }
    }
}

[LiveUpdateFileHandler("framebuffer-v1")]
public sealed partial class FramebufferHandler
{
    public bool CanPreserve(Framebuffer file) => IsSupported(file.Format);

    public void Preserve(Framebuffer file, out FramebufferState state, IKho kho)
    {
        KhoRange[] planes = PinPlanes(file, kho);
        FillState(file, planes, out state);
    }

    public void Unpreserve(Framebuffer file, in FramebufferState state, IKho kho) => UnpinPlanes(in state, kho);

    public Framebuffer Retrieve(in FramebufferState state, IKho kho) => Rebuild(in state, kho);

    public void Finish(Framebuffer? file, in FramebufferState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            DropPlanes(in state, kho);
    }
}
