using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>A <see cref="KhoVmalloc{T}"/>, whatever its elements are.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct KhoVmallocDescriptor
{
    /// <summary><see cref="KhoVmalloc{T}.First"/>.</summary>
    public readonly PhysicalAddress First;

    /// <summary><see cref="KhoVmalloc{T}.TotalPages"/>.</summary>
    public readonly uint TotalPages;

    /// <summary><see cref="KhoVmalloc{T}.Flags"/>.</summary>
    public readonly ushort Flags;

    /// <summary><see cref="KhoVmalloc{T}.Order"/>.</summary>
    public readonly ushort Order;
}
