using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The descriptor of an array that lies in preserved pages which need not be contiguous; 16 bytes, to stand in a preserved state.
/// <see cref="KhoVmallocArray{T}"/> reads and writes what it describes.
/// </summary>
/// <remarks>Source: <c>include/linux/kho/abi/kexec_handover.h</c>, <c>struct kho_vmalloc</c>.</remarks>
/// <typeparam name="T">The element: a blittable struct without padding.</typeparam>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct KhoVmalloc<T>
    where T : unmanaged
{
    /// <summary>Creates a descriptor from its fields.</summary>
    public KhoVmalloc(PhysicalAddress first, uint totalPages, ushort flags, ushort order)
    {
        First = first;
        TotalPages = totalPages;
        Flags = flags;
        Order = order;
    }

    /// <summary>The first page of the list of pages; <see cref="PhysicalAddress.Null"/> for an array of nothing.</summary>
    public PhysicalAddress First { get; }

    /// <summary>How many pages of the base size hold the array.</summary>
    public uint TotalPages { get; }

    /// <summary>1: allocated; 2: huge mappings were allowed.</summary>
    public ushort Flags { get; }

    /// <summary>The order of each entry of the list.</summary>
    public ushort Order { get; }

    /// <summary>Whether the descriptor describes no memory at all.</summary>
    public bool IsNull => First.IsNull;
}
