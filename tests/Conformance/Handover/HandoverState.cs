using System.Text.Json.Nodes;

namespace LuoHandlers.Conformance.Handover;

/// <summary>What a kernel handed over, as a scenario expects it, and where it lies, so that it can be altered before the next boot.</summary>
/// <param name="Decoded">In the shape of the format.</param>
/// <param name="RegionAddresses">The physical address of each region, in the format's order.</param>
/// <param name="BlobSizeAddress">Where the size of LUO's root struct is written; null where there is none.</param>
internal sealed record HandoverState(JsonObject Decoded, IReadOnlyList<ulong> RegionAddresses, ulong? BlobSizeAddress);
