namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What the rules share of a handler may not depend on which of them sees all of its files.</summary>
public sealed class PartlyConfiguredTests
{
    private static readonly string[] TurnedOff =
        [.. AllAnalyzers.Create().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct().Where(id => id is not ("LUO4002" or "LUO3013"))];

    // The compiler does not show a file to rules that are turned off for it.
    private static string Configuration => string.Join('\n', ["root = true", "[Rest.cs]", .. TurnedOff.Select(id => $"dotnet_diagnostic.{id}.severity = none")]);

    [Fact]
    public Task A_rule_sees_all_files_that_it_is_not_turned_off_for()
    {
        string handler = FlowSource.Code("""
            [LiveUpdateFileHandler("disk-v1")]
            public sealed partial class DiskHandler
            {
                bool CanPreserve(Disk file) => true;
                void Preserve(Disk file, out DiskState state, IKho kho)
                {
                    state = default;
                    state.Position = kho.AllocatePreserved(4096).Address.Value;
                    {|LUO3013:state.Size|} = file.Size / (ulong)Environment.SystemPageSize;
                }
                void Unpreserve(in DiskState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Position)));
            }
            """);
        const string rest = """
            using LuoHandlers;
            using LuoHandlers.Handlers;
            using LuoHandlers.Kho;
            using LuoHandlers.Memory;

            public sealed partial class DiskHandler
            {
                Disk Retrieve(in DiskState state, IKho kho)
                {
                    kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Position)));
                    return new Disk { Size = state.Size };
                }
                void Finish(in DiskState state, RetrieveStatus status, IKho kho)
                {
                    if (!status.IsRetrieved)
                        kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Position))|});
                }
            }
            """;
        return new AllRulesTest
        {
            TestState =
            {
                Sources = { ("/Handler.cs", handler), ("/Rest.cs", rest) },
                AnalyzerConfigFiles = { ("/.editorconfig", Configuration) },
            },
        }.RunAsync(TestContext.Current.CancellationToken);
    }
}
