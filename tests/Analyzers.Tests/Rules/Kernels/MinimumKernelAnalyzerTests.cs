using LuoHandlers.Analyzers.Kernels;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Analyzers.Tests.Rules.Kernels;

/// <summary>A handler is held to the oldest kernel that it is for, and to no older one.</summary>
public sealed class MinimumKernelAnalyzerTests
{
    private const string GetId = "static ulong GetId(Disk file) => file.Size;";
    private const string Finish = "void Finish(Disk? file, RetrieveStatus status) { }";
    private const string Freeze = "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;";

    [Fact]
    public void The_names_are_those_of_the_profiles() =>
        Assert.Equal(KernelProfile.All.Select(profile => profile.Name), MinimumKernel.Names);

    [Fact]
    public void The_limits_are_those_of_the_profiles()
    {
        Assert.Equal(MinimumKernel.FirstWithFlbs, KernelProfile.All.First(profile => profile.Flbs != FlbRules.None).Name);
        KernelProfile[] limited = [.. KernelProfile.All.TakeWhile(profile => profile.Name != MinimumKernel.FirstWithoutLimits)];
        Assert.All(limited, profile => Assert.Equal(MinimumKernel.MaximumFiles, profile.MaximumFilesPerSession));
        Assert.All(KernelProfile.All.Skip(limited.Length), profile => Assert.True(profile.MaximumFilesPerSession > 100_000));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7.2")]
    public async Task The_reference_kernel_has_everything(string? kernel) =>
        Assert.Empty(await FindAsync(HandlerSource.With(finish: Finish, other: GetId + Freeze), kernel));

    [Theory]
    [InlineData("6.19")]
    [InlineData("6.19.y")]
    [InlineData("7.0")]
    [InlineData("7.0.y")]
    public async Task Identities_are_asked_for_since_7_2(string kernel) =>
        Assert.Contains("LUO2020 GetId", await FindAsync(HandlerSource.With(other: GetId), kernel));

    [Theory]
    [InlineData("6.19", new[] { "LUO2021 status" })]
    [InlineData("6.19.y", new string[0])]
    [InlineData("7.0", new string[0])]
    public async Task A_failed_retrieve_is_told_since_6_19_y(string kernel, string[] expected) =>
        Assert.Equal(expected, (await FindAsync(HandlerSource.With(finish: Finish), kernel)).Where(found => found.StartsWith("LUO2021", StringComparison.Ordinal)));

    [Theory]
    [InlineData("6.19", true)]
    [InlineData("6.19.y", false)]
    public async Task The_handle_is_kept_since_6_19_y(string kernel, bool isReported) =>
        Assert.Equal(isReported, (await FindAsync(HandlerSource.With(other: Freeze), kernel)).Contains("LUO2022 state"));

    [Theory]
    [InlineData("6.19", true)]
    [InlineData("6.19.y", false)]
    public async Task Retrieve_is_called_once_since_6_19_y(string kernel, bool isReported)
    {
        string source = HandlerSource.With(
            preserve: "void Preserve(Disk file, out ulong serializedData) => serializedData = file.Size;",
            unpreserve: "void Unpreserve(Disk file) { }",
            retrieve: "Disk Retrieve(ulong serializedData) => new Disk { Size = serializedData };",
            finish: "void Finish() { }");
        Assert.Equal(isReported, (await FindAsync(source, kernel)).Contains("LUO2023 Retrieve"));
    }

    [Theory]
    [InlineData("6.19", true)]
    [InlineData("6.19.y", true)]
    [InlineData("7.0", false)]
    [InlineData(null, false)]
    public async Task There_are_FLBs_since_7_0(string? kernel, bool isReported)
    {
        string source = HandlerSource.With(attribute: "LiveUpdateFileHandler(\"vm-disk-v1\"), UsesFlb<BusFlb>") + "public sealed class Bus { }\n" + FlbSource.Declare();
        string[] expected = isReported ? ["LUO2024 BusFlb", "LUO2024 UsesFlb<BusFlb>"] : [];
        Assert.Equal(expected, (await FindAsync(source, kernel)).Where(IsFlb).Order());
        // What is rejected for another reason is not told of this, too.
        Assert.DoesNotContain(await FindAsync(source.Replace("partial", "", StringComparison.Ordinal), kernel), IsFlb);

        static bool IsFlb(string found) => found.StartsWith("LUO2024", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.19", 129, "LUO2025 File129")]
    [InlineData("7.0.y", 200, "LUO2025 File129")]
    [InlineData("7.0", 128, null)]
    [InlineData("7.2", 129, null)]
    public async Task A_session_takes_more_than_128_files_since_7_2(string kernel, int count, string? expected)
    {
        IEnumerable<string> properties = Enumerable.Range(1, count).Select(token => $"[Token({token})] public partial Disk File{token} {{ get; set; }}");
        string source = HandlerSource.With() + $"[LiveUpdateSession] public sealed partial class Disks {{ {string.Join('\n', properties)} }}";
        Assert.Equal(expected is null ? [] : [expected], (await FindAsync(source, kernel)).Where(IsSession));
        // What is rejected for another reason is not told of this, too.
        Assert.DoesNotContain(await FindAsync(source.Replace("sealed partial class Disks", "abstract partial class Disks", StringComparison.Ordinal), kernel), IsSession);

        static bool IsSession(string found) => found.StartsWith("LUO2025", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.18")]
    [InlineData("latest")]
    public async Task A_property_that_names_no_kernel_is_reported(string kernel) =>
        Assert.Equal(["LUO1020 "], await FindAsync(HandlerSource.With(), kernel));

    /// <summary>The rules about kernels that are broken, each with the text at its place.</summary>
    private static async Task<string[]> FindAsync(string source, string? kernel)
    {
        var diagnostics = await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source), kernel);
        return
        [
            .. diagnostics.Where(diagnostic => diagnostic.Id is "LUO1020" or "LUO2020" or "LUO2021" or "LUO2022" or "LUO2023" or "LUO2024" or "LUO2025")
                .Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}"),
        ];
    }
}
