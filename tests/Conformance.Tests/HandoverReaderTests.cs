using System.Globalization;
using System.Text.Json;
using LuoHandlers.Conformance.Handover;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Tests;

/// <summary>
/// The runner reads handed-over memory rightly, whatever the runtime writes: each handover of the real kernels is laid out in memory as the
/// scenario has it, and what the runner makes of it must be what the scenario says.
/// </summary>
public sealed class HandoverReaderTests
{
    /// <summary>A root tree of 7.2 that points to LUO's root struct at 0x1000, where the format puts it.</summary>
    private const string RootOfBlockChains =
        "d00dfeed0000011d00000038000000e40000002800000011000000100000000000000039000000ac00000000000000000000000000000000000000010000000000000003"
        + "00000007000000156b686f2d763400000000000300000008000000000090000000000000000000014c554f0000000003000000080000002f200000000000000000000003"
        + "0000000800000020001000000000000000000002000000016b657865632d6d65746164617461000000000003000000080000002f49000000000000000000000300000008"
        + "0000002000800000000000000000000200000002000000097072657365727665642d6d656d6f72792d6d617000636f6d70617469626c65007072657365727665642d6461"
        + "746100626c6f622d73697a6500";

    /// <summary>A root tree of 6.19 and 7.0 that points to LUO's tree at 0x100000, where the format puts it.</summary>
    private const string RootOfFixedArrays =
        "d00dfeed000000b4000000380000009000000028000000110000001000000000000000240000005800000000000000000000000000000000000000010000000000000003"
        + "00000007000000156b686f2d763100000000000300000008000000000090000000000000000000014c554f00000000030000000800000020000010000000000000000002"
        + "00000002000000097072657365727665642d6d656d6f72792d6d617000636f6d70617469626c650066647400";

    private const int PageSize = 4096;

    public static TheoryData<string> Files => [.. ScenarioFiles.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_handover_of_the_real_kernels_is_read_as_it_was_written(string file)
    {
        bool hasBlockChains = file.Contains("-7.2", StringComparison.Ordinal);
        IHandoverReader reader = hasBlockChains ? new BlockChainReader() : new FixedArrayReader();
        byte[] root = Convert.FromHexString(hasBlockChains ? RootOfBlockChains : RootOfFixedArrays);
        int read = 0;
        foreach (string line in ScenarioFile.ReadLines(ScenarioFiles.PathOf(file)))
        {
            using JsonDocument scenario = JsonDocument.Parse(line);
            foreach (JsonElement handover in HandoversIn(scenario))
            {
                List<(ulong Address, byte[] Bytes)> regions = [.. handover.GetProperty("regions").EnumerateArray().Select(ReadRegion)];
                ulong rootAddress = regions.Max(region => region.Address) + 0x100000;
                using PhysicalMemory memory = PhysicalMemory.Create(PhysicalAddress.Null, rootAddress + PageSize);
                foreach ((ulong address, byte[] bytes) in regions.Append((rootAddress, root)))
                    bytes.CopyTo(memory.GetSpan(new PhysicalAddress(address), bytes.Length));

                HandoverState state = reader.Read(memory, new PhysicalAddress(rootAddress));

                Assert.Empty(ExpectationComparer.Compare(handover, state.Decoded));
                Assert.Equal(regions.Select(region => region.Address), state.RegionAddresses);
                read++;
            }
        }
        Assert.NotEqual(0, read);
    }

    [Fact]
    public void A_byte_behind_the_used_ones_is_seen()
    {
        const int UsedSize = 16 + 80;
        using PhysicalMemory memory = PhysicalMemory.Create(PhysicalAddress.Null, 0x10000);
        Convert.FromHexString(RootOfBlockChains).CopyTo(memory.GetSpan(new PhysicalAddress(0x8000), 285));
        "luo-v5"u8.CopyTo(memory.GetSpan(new PhysicalAddress(0x1000), 6));
        memory.GetSpan(new PhysicalAddress(0x1000 + 17), 1)[0] = 0x20;
        memory.GetSpan(new PhysicalAddress(0x2000 + 8), 1)[0] = 1;
        memory.GetSpan(new PhysicalAddress(0x2000 + PageSize - 1), 1)[0] = 1;

        HandoverState state = new BlockChainReader().Read(memory, new PhysicalAddress(0x8000));

        JsonElement block = JsonSerializer.SerializeToElement(state.Decoded).GetProperty("regions")[1];
        Assert.False(block.GetProperty("tail_zero").GetBoolean());
        Assert.Equal(2 * UsedSize, block.GetProperty("hex").GetString()!.Length);
    }

    [Fact]
    public void An_address_is_replaced_wherever_it_stands()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(PhysicalAddress.Null, 0x10000);
        Convert.FromHexString(RootOfBlockChains).CopyTo(memory.GetSpan(new PhysicalAddress(0x8000), 285));
        "luo-v5"u8.CopyTo(memory.GetSpan(new PhysicalAddress(0x1000), 6));
        // The page of FLBs is at 0x7000, the only block of sessions at 0x5000, its session's block of files at 0x3000.
        memory.GetSpan(new PhysicalAddress(0x1000 + 25), 1)[0] = 0x70;
        memory.GetSpan(new PhysicalAddress(0x1000 + 17), 1)[0] = 0x50;
        memory.GetSpan(new PhysicalAddress(0x5000 + 8), 1)[0] = 1;
        memory.GetSpan(new PhysicalAddress(0x5000 + 16 + 65), 1)[0] = 0x30;
        memory.GetSpan(new PhysicalAddress(0x3000 + 8), 1)[0] = 1;

        HandoverState state = new BlockChainReader().Read(memory, new PhysicalAddress(0x8000));

        JsonElement regions = JsonSerializer.SerializeToElement(state.Decoded).GetProperty("regions");
        Assert.Equal([0x1000UL, 0x7000UL, 0x5000UL, 0x3000UL], state.RegionAddresses);
        Assert.Equal(["0x1000", "0x2000", "0x3000", "0x4000"], regions.EnumerateArray().Select(region => region.GetProperty("pa").GetString()));
        Assert.EndsWith("00300000000000000020000000000000", regions[0].GetProperty("hex").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("00400000000000000000000000000000", regions[2].GetProperty("hex").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> HandoversIn(JsonDocument scenario) =>
        scenario.RootElement.GetProperty("kernels").EnumerateArray()
            .Where(kernel => kernel.TryGetProperty("steps", out _))
            .SelectMany(kernel => kernel.GetProperty("steps").EnumerateArray())
            .Where(step => step.GetProperty("expect").TryGetProperty("handover", out JsonElement handover) && handover.TryGetProperty("regions", out _))
            .Select(step => step.GetProperty("expect").GetProperty("handover"));

    private static (ulong Address, byte[] Bytes) ReadRegion(JsonElement region) => (
        ulong.Parse(region.GetProperty("pa").GetString()!.AsSpan(2), NumberStyles.AllowHexSpecifier),
        Convert.FromHexString(region.GetProperty("hex").GetString()!));
}
