using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;

namespace LuoHandlers.Conformance.Handover;

/// <summary>
/// The regions of a handover. Where a kernel puts them is its own affair, so the format numbers them: the n-th (from 1) is said to be at n
/// times a stride, wherever its address appears.
/// </summary>
internal sealed class RegionList(PhysicalReader memory, ulong stride)
{
    private readonly List<Region> _regions = [];
    private readonly Dictionary<ulong, ulong> _normalised = new() { [0] = 0 };

    public IReadOnlyList<ulong> Addresses => [.. _regions.Select(region => region.Address)];

    public void Add(Region region)
    {
        if (!_normalised.TryAdd(region.Address, stride * (ulong)(_regions.Count + 1)))
            throw new UnreadableHandoverException($"two regions are at 0x{region.Address:x}");
        _regions.Add(region);
    }

    public ulong Normalise(ulong address) => _normalised.TryGetValue(address, out ulong normalised)
        ? normalised
        : throw new UnreadableHandoverException($"0x{address:x} is pointed at, but is the address of no region");

    /// <summary>The regions in the shape of the format.</summary>
    /// <param name="describe">Adds what only some formats tell about a region.</param>
    public JsonArray Describe(Action<Region, JsonObject> describe)
    {
        var all = new JsonArray();
        foreach (Region region in _regions)
        {
            byte[] used = memory.Bytes(region.Address, region.UsedSize).ToArray();
            foreach (int offset in region.PointerOffsets)
            {
                Span<byte> pointer = used.AsSpan(offset, sizeof(ulong));
                BinaryPrimitives.WriteUInt64LittleEndian(pointer, Normalise(BinaryPrimitives.ReadUInt64LittleEndian(pointer)));
            }

            var described = new JsonObject
            {
                ["kind"] = region.Kind,
                ["pa"] = HexNumber.Format(Normalise(region.Address)),
                ["hex"] = Convert.ToHexStringLower(used),
            };
            describe(region, described);
            all.Add(described);
        }
        return all;
    }

    /// <summary>Whether the allocated bytes behind the used ones are all zero.</summary>
    public bool IsTailZero(Region region) =>
        memory.Bytes(region.Address + (ulong)region.UsedSize, region.Size - region.UsedSize).IndexOfAnyExcept((byte)0) < 0;
}
