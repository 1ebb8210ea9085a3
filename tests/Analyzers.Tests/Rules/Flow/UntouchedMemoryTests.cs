namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4007, failures of Retrieve that come before it has looked for what the state names.</summary>
public sealed class UntouchedMemoryTests
{
    private const string Failure = "throw new ErrnoException(Errno.EINVAL);";

    [Theory]
    [InlineData($"if (state.Flags > 7) {{|LUO4007:{Failure}|}}")]
    [InlineData($"if (state.Flags > 7) {{|LUO4007:{Failure}|}} if (state.Kind > 7) {{|LUO4007:{Failure}|}}")]
    [InlineData($"if (IsBad(state)) {{|LUO4007:{Failure}|}}")]
    [InlineData($"if (_isClosed) {{|LUO4007:{Failure}|}}")]
    [InlineData($"if (!_limits.Contains(state.Flags)) {{|LUO4007:{Failure}|}}")]
    [InlineData("uint flags = state.Flags > 7 ? {|LUO4007:throw new ErrnoException(Errno.EINVAL)|} : state.Flags;")]
    [InlineData($"if (state.Size == 0) {Failure}")]
    [InlineData($"if (state.Flags != CurrentVersion) {Failure}")]
    [InlineData($"if (state.Flags != Formats.Version) {Failure}")]
    [InlineData($"if (IsMissing(state, kho)) {Failure}")]
    [InlineData($"if (Elsewhere.Drop(state, kho)) {Failure}")]
    [InlineData($"if (Elsewhere.Check(state)) {Failure}")]
    [InlineData($"if (_check(state)) {Failure}")]
    [InlineData($"if (_question(state.Flags)) {Failure}")]
    [InlineData($"if (state.Flags > 7) {{ Drop(state, kho); {Failure} }}")]
    [InlineData($"if (state.Flags > 7) {{ _ = new Dropping(kho); {Failure} }}")]
    [InlineData($"if (state.Flags > 7) {{ _ = new Copying(state); {Failure} }}")]
    [InlineData($"if (state.Flags > 7) {{ DiskState copy = state; {Failure} }}")]
    [InlineData($"if (!kho.TryFindInherited(new PhysicalAddress(state.Size), out _)) {Failure}")]
    [InlineData($"try {{ if (state.Flags > 7) {Failure} }} catch (ErrnoException) {{ Drop(state, kho); throw; }}")]
    [InlineData($"void Check(uint flags) {{ if (flags > 7) {Failure} }} Check(state.Flags);")]
    [InlineData($"using var reader = new StringReader(\"\"); if (state.Flags > 7) {Failure}")]
    public Task Before_it_is_looked_for(string check) => VerifyAsync($$"""
        Disk Retrieve(in DiskState state, IKho kho)
            {
                {{check}}
                kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
                return new Disk();
            }
        """);

    [Theory]
    [InlineData("{|LUO4007:return Errno.EINVAL;|}")]
    [InlineData("return error;")]
    public Task Error_numbers(string statement) => VerifyAsync($$"""
        Errno Retrieve(in DiskState state, IKho kho, out Disk? file)
            {
                file = null;
                Errno error = (Errno)Math.Min(state.Flags, 5);
                if (error != Errno.None)
                    {{statement}}
                kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
                file = new Disk();
                return Errno.None;
            }
        """);

    // How long it is belongs to what it is found by.
    [Theory]
    [InlineData("state.Count", false)]
    [InlineData("state.Flags", true)]
    public Task Lengths(string value, bool isLost) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        [PreservedState] public struct ListState { public ulong Count, Flags; public KhoVmalloc<ulong> List; }
        [LiveUpdateFileHandler("list-v1")]
        public sealed partial class ListHandler
        {
            {{FlowSource.CanPreserve}}
            void Preserve(Disk file, out ListState state, IKho kho)
            {
                var list = KhoVmallocArray<ulong>.AllocatePreserved(kho, 4);
                state = new ListState { Count = list.Count, List = list.Descriptor };
            }
            void Unpreserve(in ListState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.List, state.Count).UnpreserveFree();
            Disk Retrieve(in ListState state, IKho kho)
            {
                if ({{value}} > 7)
                    {{(isLost ? $"{{|LUO4007:{Failure}|}}" : Failure)}}
                KhoVmallocArray<ulong>.FindInherited(kho, state.List, state.Count).RestoreFree();
                return new Disk();
            }
            void Finish(in ListState state, RetrieveStatus status, IKho kho)
            {
                if (status.IsNotTried)
                    KhoVmallocArray<ulong>.FindInherited(kho, state.List, state.Count).RestoreFree();
            }
        }
        """));

    // Who frees nothing in Retrieve, or nothing in Finish, has other worries.
    [Fact]
    public Task A_state_that_names_no_memory() => FlowSource.VerifyAsync(FlowSource.Plain(
        retrieve: $"Disk Retrieve(in DiskState state) {{ if (state.Flags > 7) {Failure} return new Disk {{ Size = state.Size }}; }}"));

    private static Task VerifyAsync(string retrieve) => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: retrieve,
        other: """
            private const uint CurrentVersion = 1;
            private delegate bool Check(in DiskState state);
            private readonly bool _isClosed;
            private readonly HashSet<uint> _limits = [];
            private readonly Check _check;
            private readonly Func<uint, bool> _question;
            public DiskHandler(bool isClosed) => (_isClosed, _check, _question) = (isClosed, (in DiskState _) => true, _ => true);
            private static bool IsBad(in DiskState state) => state.Flags > 7;
            private static bool IsMissing(in DiskState state, IKho kho) => !kho.TryFindInherited(new PhysicalAddress(state.Size), out _);
            private static void Drop(in DiskState state, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
            private sealed class Dropping { public Dropping(IKho kho) => _ = kho.Pages; }
            private sealed class Copying { public Copying(DiskState state) => _ = state.Flags; }
            """) + """
        public static class Formats { public static uint Version => 1; }
        public static class Elsewhere { public static bool Drop(in DiskState state, IKho kho) => true; public static bool Check(in DiskState state) => true; }
        """);
}
