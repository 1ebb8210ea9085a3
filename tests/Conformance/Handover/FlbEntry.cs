using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;

namespace LuoHandlers.Conformance.Handover;

/// <summary>A preserved FLB, 64 bytes, the same in every era: name (48 bytes), data, count.</summary>
internal static class FlbEntry
{
    public static JsonObject Read(PhysicalReader reader, ulong address) => new()
    {
        ["name"] = reader.Text(address, 48),
        ["data"] = HexNumber.Format(reader.UInt64(address + 48)),
        ["count"] = reader.UInt64(address + 56),
    };
}
