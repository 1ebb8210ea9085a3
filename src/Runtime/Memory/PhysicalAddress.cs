using System.Runtime.InteropServices;

namespace LuoHandlers.Memory;

/// <summary>The address of a byte of physical memory. Eight bytes wide, so that it may stand in a preserved state.</summary>
/// <param name="Value">The address in bytes; 0 stands for "none" in every structure of LUO and KHO.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PhysicalAddress(ulong Value) : IComparable<PhysicalAddress>
{
    /// <summary>The address that stands for "none".</summary>
    public static PhysicalAddress Null => default;

    /// <summary>Whether this is the address that stands for "none".</summary>
    public bool IsNull => Value == 0;

    /// <summary>Whether the address is the first byte of a page.</summary>
    public bool IsPageAligned => (Value & (Page.Size - 1)) == 0;

    /// <summary>The number of the page that holds the byte.</summary>
    public Pfn Pfn => new(Value >> Page.Shift);

    /// <summary>The address <paramref name="bytes"/> further on.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public PhysicalAddress Add(ulong bytes) => new(checked(Value + bytes));

    /// <inheritdoc/>
    public int CompareTo(PhysicalAddress other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x}";

    /// <summary>Compares two addresses.</summary>
    public static bool operator <(PhysicalAddress left, PhysicalAddress right) => left.Value < right.Value;

    /// <summary>Compares two addresses.</summary>
    public static bool operator >(PhysicalAddress left, PhysicalAddress right) => left.Value > right.Value;

    /// <summary>Compares two addresses.</summary>
    public static bool operator <=(PhysicalAddress left, PhysicalAddress right) => left.Value <= right.Value;

    /// <summary>Compares two addresses.</summary>
    public static bool operator >=(PhysicalAddress left, PhysicalAddress right) => left.Value >= right.Value;
}
