using System.Globalization;

namespace LuoHandlers.AnalyzerTime;

/// <summary>Writes a project as a user might have it: some handlers among many other files.</summary>
internal static class ConsumerProject
{
    public static void Write(string folder, int handlers, int others)
    {
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Find("LuoHandlers.dll")}" />
              </ItemGroup>
              <ItemGroup Condition="'$(WithRules)' != 'false'">
                <Analyzer Include="{Find("LuoHandlers.Generator.dll")}" />
                <Analyzer Include="{Find("LuoHandlers.Analyzers.dll")}" />
              </ItemGroup>
            </Project>
            """);
        for (int number = 0; number < handlers; number++)
            File.WriteAllText(Path.Combine(folder, $"Handler{Text(number)}.cs"), Handler.Replace("NUMBER", Text(number), StringComparison.Ordinal));
        for (int number = 0; number < others; number++)
            File.WriteAllText(Path.Combine(folder, $"Other{Text(number)}.cs"), Other.Replace("NUMBER", Text(number), StringComparison.Ordinal));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Find(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private const string Handler = """
        using LuoHandlers;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Memory;
        using LuoHandlers.Vfs;

        namespace Consumer;

        public sealed class DeviceNUMBER(PageAllocator pages, Folio page) : LuoFile
        {
            public Folio Page => page;
            public ulong Count { get; set; }
            public uint Flags { get; set; }
            protected override void Release() => pages.Free(page);
        }

        [PreservedState]
        public struct DeviceNUMBERState
        {
            public PhysicalAddress Page;
            public ulong Count;
            public uint Flags;
            public uint Reserved;
        }

        [LiveUpdateFileHandler("device-NUMBER-v1")]
        public sealed partial class DeviceNUMBERHandler
        {
            private const uint KnownFlags = 7;

            bool CanPreserve(DeviceNUMBER file) => (file.Flags & ~KnownFlags) == 0;

            void Preserve(DeviceNUMBER file, out DeviceNUMBERState state, IKho kho)
            {
                using var scope = new PreservationScope(kho);
                state = new DeviceNUMBERState { Page = scope.Preserve(file.Page).Address, Count = file.Count, Flags = file.Flags };
                if (file.Count > 1_000_000)
                    throw new ErrnoException(Errno.EFBIG, $"{file.Count} is too much.");
                scope.Commit();
            }

            void Unpreserve(in DeviceNUMBERState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

            void Freeze(DeviceNUMBER file, ref DeviceNUMBERState state)
            {
                state.Count = file.Count;
                state.Flags = file.Flags;
            }

            DeviceNUMBER Retrieve(in DeviceNUMBERState state, IKho kho)
            {
                KhoRange range = kho.FindInherited(state.Page);
                if ((state.Flags & ~KnownFlags) != 0 || state.Reserved != 0)
                {
                    kho.RestoreFree(range);
                    throw new ErrnoException(Errno.EINVAL, "The device has unknown flags.");
                }
                return new DeviceNUMBER(kho.Pages, kho.Restore(range)) { Count = state.Count, Flags = state.Flags };
            }

            void Finish(DeviceNUMBER? file, in DeviceNUMBERState state, RetrieveStatus status, IKho kho)
            {
                if (status.IsNotTried)
                    kho.RestoreFree(kho.FindInherited(state.Page));
            }
        }

        """;

    private const string Other = """
        using System.ComponentModel;
        using System.Text;

        namespace Consumer;

        [Description("Counts words.")]
        public sealed class WordsNUMBER
        {
            private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

            public int Total { get; private set; }

            public void Add(string text)
            {
                foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (word.Length == 0 || char.IsPunctuation(word[0]))
                        continue;
                    _counts.TryGetValue(word, out int count);
                    _counts[word] = count + 1;
                    Total++;
                }
            }

            public IEnumerable<string> MostCommon(int limit) => _counts
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(limit)
                .Select(pair => $"{pair.Key}: {pair.Value}");

            public override string ToString()
            {
                var text = new StringBuilder();
                foreach (string line in MostCommon(10))
                    text.AppendLine(line);
                return text.ToString();
            }
        }

        """;
}
