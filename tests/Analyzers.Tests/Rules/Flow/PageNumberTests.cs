namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4018 in detail: addresses made of page numbers, and the other way round.</summary>
public sealed class PageNumberTests
{
    [Theory]
    [InlineData("{|LUO4018:new PhysicalAddress(pfn.Value)|}")]
    [InlineData("{|LUO4018:new PhysicalAddress((ulong)(pfn.Value))|}")]
    [InlineData("{|LUO4018:new Pfn(address.Value)|}")]
    [InlineData("new Pfn(pfn.Value)")]
    [InlineData("new PhysicalAddress(address.Value)")]
    [InlineData("new PhysicalAddress(pfn.Value << 12)")]
    [InlineData("new Pfn(address.Value / 4096)")]
    [InlineData("new PhysicalAddress(own.Value)")]
    [InlineData("new Own(pfn.Value)")]
    [InlineData("new PhysicalAddress()")]
    [InlineData("new Folio(pfn, 0)")]
    [InlineData("new Mine.Pfn(address.Value)")]
    public Task Numbers(string made) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public static class Program { public static object Make(Pfn pfn, PhysicalAddress address, Own own) => {{made}}; }
        public sealed record Own(ulong Value);
        namespace Mine { public sealed record Pfn(ulong Value); }
        """));

    [Theory]
    [InlineData("Pfn", "{|LUO4018:new PhysicalAddress(state.Size)|}")]
    [InlineData("Pfn", "new PhysicalAddress(state.Size << 12)")]
    [InlineData("Pfn", "new Pfn(state.Size).Address")]
    [InlineData("Pfn", "new PhysicalAddress(state.Position)")]
    [InlineData("Address", "{|LUO4018:new Pfn(state.Size)|}.Address")]
    [InlineData("Address", "new PhysicalAddress(state.Size)")]
    public Task Numbers_in_the_state(string kept, string found) => FlowSource.VerifyAsync(State(
        $"state = new DiskState(); state.Size = range.Folio.{kept}.Value;", found));

    // A field that is now this and now that, or turned into the other.
    [Theory]
    [InlineData("state = new DiskState(); state.Size = range.Folio.Pfn.Value; state.Size <<= 12;")]
    [InlineData("state = new DiskState(); state.Size = range.Folio.Pfn.Value; Turn(ref state.Size); static void Turn(ref ulong number) => number <<= 12;")]
    [InlineData("state = new DiskState(); state.Size = range.Folio.Pfn.Value; state.Size = state.Size << 12;")]
    [InlineData("state = new DiskState(); if (file.Size == 0) state.Size = range.Folio.Pfn.Value; else state.Size = range.Folio.Address.Value;")]
    public Task Fields_of_two_units(string keep) => FlowSource.VerifyAsync(State(keep, "new PhysicalAddress(state.Size)"));

    [Theory]
    [InlineData("kho.RestoreFree(kho.FindInherited({|LUO4018:new PhysicalAddress(serializedData)|}));")]
    [InlineData("kho.RestoreFree(kho.FindInherited(new Pfn(serializedData).Address));")]
    [InlineData("Free(serializedData << 12); void Free(ulong serializedData) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));")]
    public Task The_raw_handle(string retrieve) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData, IKho kho) => serializedData = kho.AllocatePreserved(4096).Folio.Pfn.Value;
            void Unpreserve(ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new Pfn(serializedData).Address));
            Disk Retrieve(ulong serializedData, IKho kho) { {{retrieve}} return new Disk(); }
            void Finish(ulong serializedData, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(new Pfn(serializedData).Address)); }
        }
        """));

    private static string State(string keep, string found) => FlowSource.With(
        preserve: $$"""void Preserve(Disk file, out DiskState state, IKho kho) { KhoRange range = kho.AllocatePreserved(4096); {{keep}} }""",
        unpreserve: "void Unpreserve(Disk file, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(file.Size)));",
        retrieve: $$"""Disk Retrieve(in DiskState state, IKho kho) { kho.RestoreFree(kho.FindInherited({{found}})); return new Disk(); }""",
        finish: "void Finish(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(4096 * state.Count))); }");
}
