using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>The promise: what the memfd sample hands over can't change by accident, and can be changed on purpose.</summary>
public sealed class MemfdSampleTests
{
    private const string State = "MemfdState.cs";
    private const string Handler = "MemfdHandler.cs";

    [Fact]
    public async Task As_it_is_it_builds()
    {
        using MemfdSample sample = new();
        Assert.Empty(await sample.BuildAsync());
    }

    [Fact]
    public async Task Two_fields_that_are_swapped()
    {
        using MemfdSample sample = await SwapAsync();
        Diagnostic error = Assert.Single(await sample.BuildAsync());
        AssertChanged(error, State, "Size", "'Size' was at offset 8 and is at offset 0");
        await sample.FixAsync();
        Assert.Empty(await sample.BuildAsync());
    }

    [Fact]
    public async Task A_field_that_is_wider()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync(State, "public uint Flags;", "public ulong Flags;");
        await sample.ReplaceAsync(State, "public MemfdSeals Seals;", "public MemfdSeals Seals;\n    public uint Reserved;");
        AssertChanged(Assert.Single(await sample.BuildAsync(), diagnostic => diagnostic.Id == RuleIds.AbiChanged), State, "Flags", "'Flags' was u32 at offset 20 and is u64 at offset 24");
        await sample.FixAsync();
        Assert.DoesNotContain(await sample.BuildAsync(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task An_enum_in_another_order()
    {
        const string Members = "None = 0, Seal = 1, Shrink = 2, Grow = 4, Write = 8, FutureWrite = 16, Exec = 32, All = 63";
        using MemfdSample sample = new();
        await sample.ReplaceAsync(State, "public MemfdSeals Seals;", "public OwnSeals Seals;");
        await sample.ReplaceAsync(Handler, "Seals = file.Seals,", "Seals = (OwnSeals)file.Seals,");
        await sample.ReplaceAsync(Handler, "file.AddSeals(state.Seals)", "file.AddSeals((MemfdSeals)state.Seals)");
        await sample.ReplaceAsync(Handler, "Seals = MemfdSeals.None,", "Seals = OwnSeals.None,");
        await sample.ReplaceAsync(Handler, "(state.Seals & ~MemfdSeals.All)", "(state.Seals & ~OwnSeals.All)");
        sample.Add($"namespace MemfdHandlerSample; public enum OwnSeals : uint {{ {Members} }}");
        // Another enum of the same values is the same.
        Assert.Empty(await sample.BuildAsync());
        await sample.ReplaceAsync("Added.cs", "Seal = 1, Shrink = 2", "Shrink = 1, Seal = 2");
        AssertChanged(Assert.Single(await sample.BuildAsync()), State, "Seals", "'Seals.Seal' was 1 and is 2");
        await sample.FixAsync();
        Assert.Empty(await sample.BuildAsync());
    }

    [Fact]
    public async Task An_element_of_a_nested_struct()
    {
        using MemfdSample sample = await WithoutOlderAsync();
        await sample.ReplaceAsync("MemfdFolio.cs", "MemfdFolio(ulong Word, ulong Index)", "MemfdFolio(ulong Index, ulong Word)");
        Diagnostic error = Assert.Single(await sample.BuildAsync());
        AssertChanged(error, "MemfdFolio.cs", "Index", "'Folios[].Index' was at offset 8 and is at offset 0");
        await sample.FixAsync();
        Assert.Empty(await sample.BuildAsync());
    }

    [Fact]
    public async Task An_element_that_older_versions_have_as_well()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync("MemfdFolio.cs", "MemfdFolio(ulong Word, ulong Index)", "MemfdFolio(ulong Index, ulong Word)");
        var errors = await sample.BuildAsync();
        Assert.Equal(2, errors.Length);
        Assert.All(errors, error => AssertChanged(error, "MemfdFolio.cs", "Index", "'Folios[].Index' was at offset 8 and is at offset 0"));
        Assert.Single(errors, error => error.GetMessage().Contains("Make the old state what it was", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_state_that_is_changed()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync("MemfdStateV1.cs", "public ulong FolioCount;", "public uint FolioCount, Flags;");
        AssertChanged(Assert.Single(await sample.BuildAsync(), diagnostic => diagnostic.Id == RuleIds.AbiChanged), "MemfdStateV1.cs", "FolioCount", "Make the old state what it was");
    }

    [Fact]
    public async Task An_older_version_that_is_not_read_any_more()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync(Handler, "[RetrievesFrom(\"memfd-v1\")]", string.Empty);
        Diagnostic error = Assert.Single(await sample.BuildAsync(), diagnostic => diagnostic.Id == RuleIds.AbiReaderDropped);
        Assert.Equal(("/0/" + Handler, "\"memfd-v2\""), (error.Location.SourceTree?.FilePath, await ReadAsync(error)));
    }

    [Fact]
    public async Task A_shipped_version_that_is_deleted()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync(Handler, "[LiveUpdateFileHandler(\"memfd-v2\")]", "[LiveUpdateFileHandler(\"memfd-v3\")]");
        Diagnostic error = Assert.Single(await sample.BuildAsync(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.StartsWith("\"memfd-v2\" was shipped, but \"memfd-v3\" does not retrieve it", error.GetMessage(), StringComparison.Ordinal);
        Assert.Equal((RuleIds.AbiReaderDropped, "/0/" + Handler), (error.Id, error.Location.SourceTree?.FilePath));
        Assert.Equal("\"memfd-v3\"", await ReadAsync(error));
    }

    [Fact]
    public async Task A_handler_that_is_deleted()
    {
        using MemfdSample sample = new();
        await sample.ReplaceAsync(Handler, "[LiveUpdateFileHandler(\"memfd-v2\")]", "[LiveUpdateFileHandler(\"file-v1\")]");
        Diagnostic error = (await sample.BuildAsync()).First(diagnostic => diagnostic.Id == RuleIds.AbiGone && diagnostic.GetMessage().StartsWith("\"memfd-v2\"", StringComparison.Ordinal));
        Assert.Equal("/0/LuoAbi.Shipped.txt", error.Location.GetLineSpan().Path);
        Assert.True(error.Location.GetLineSpan().StartLinePosition.Line > 0);
    }

    [Fact]
    public async Task After_the_fix_what_the_old_build_preserved_is_retrieved()
    {
        using MemfdSample old = new();
        using MemfdSample current = await SwapAsync();
        await current.FixAsync();
        byte[] contents = Encoding.UTF8.GetBytes("kept from one build to the next");

        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(await old.LoadAsync());
        Memfd file = kernel.CreateMemfd();
        file.SetSize(1 << 16);
        file.WriteAt(12345, contents);
        file.Position = 4711;
        file.AddSeals(MemfdSeals.Shrink);
        using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
        {
            device.CreateSession("vm").PreserveFile(1, file);
            kernel = kernel.Kexec();
        }

        kernel.RegisterFileHandler(await current.LoadAsync());
        using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
        using (LiveUpdateSession session = device.RetrieveSession("vm"))
        {
            Memfd retrieved = session.RetrieveFile<Memfd>(1);
            byte[] read = new byte[contents.Length];
            Assert.Equal(contents.Length, retrieved.ReadAt(12345, read));
            Assert.Equal(contents, read);
            Assert.Equal((1 << 16, 4711, MemfdSeals.Shrink), (retrieved.Size, retrieved.Position, retrieved.Seals));
            session.Finish();
        }
    }

    /// <summary>The sample before it could read what an older version wrote.</summary>
    private static async Task<MemfdSample> WithoutOlderAsync()
    {
        var sample = new MemfdSample();
        await sample.ReplaceAsync(Handler, "[RetrievesFrom(\"memfd-v1\")]", string.Empty);
        await sample.ReplaceAsync(Handler, "static MemfdState Upgrade(", "public static MemfdState Upgrade(");
        await sample.ReplaceAsync("LuoAbi.Shipped.txt", "memfd-v2 retrieves memfd-v1\n", string.Empty);
        return await sample.ReplaceAsync("LuoAbi.Shipped.txt", "memfd-v1 ", "# memfd-v1 ");
    }

    private static async Task<MemfdSample> SwapAsync()
    {
        var sample = new MemfdSample();
        await sample.ReplaceAsync(State, "public ulong Position;", "public ulong Swapped;");
        await sample.ReplaceAsync(State, "public ulong Size;", "public ulong Position;");
        return await sample.ReplaceAsync(State, "public ulong Swapped;", "public ulong Size;");
    }

    private static void AssertChanged(Diagnostic error, string file, string place, string message)
    {
        Assert.Equal((RuleIds.AbiChanged, DiagnosticSeverity.Error, "/0/" + file), (error.Id, error.Severity, error.Location.SourceTree?.FilePath));
        Assert.Equal(place, error.Location.SourceTree!.ToString().Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Diagnostic error) =>
        (await error.Location.SourceTree!.GetTextAsync(TestContext.Current.CancellationToken)).ToString(error.Location.SourceSpan);
}
