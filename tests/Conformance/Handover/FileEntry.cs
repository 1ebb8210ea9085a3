using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;

namespace LuoHandlers.Conformance.Handover;

/// <summary>A preserved file, 64 bytes, the same in every era: compatible string (48 bytes), handle, token.</summary>
internal static class FileEntry
{
    public static JsonObject Read(PhysicalReader reader, ulong address) => new()
    {
        ["compatible"] = reader.Text(address, 48),
        ["data"] = HexNumber.Format(reader.UInt64(address + 48)),
        ["token"] = HexNumber.Format(reader.UInt64(address + 56)),
    };
}
