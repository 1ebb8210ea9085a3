namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4011 in detail: states that name what the next kernel does not have, and what Freeze drops of them.</summary>
public sealed class NamedMemoryTests
{
    [Theory]
    [InlineData("state = new PageState { {|LUO4011:Page = file.Page.Address|} };")]
    [InlineData("state = new PageState { {|LUO4011:Number = file.Page.Address.Value|} };")]
    [InlineData("state = new PageState { {|LUO4011:Number = file.Page.Pfn.Value|} };")]
    [InlineData("state = default; {|LUO4011:state.Page = file.Page.Address|};")]
    [InlineData("state = default; Fill(ref state, file);")]
    [InlineData("state = new PageState { Page = file.Address };")]
    [InlineData("state = new PageState { Number = file.Own.Address };")]
    [InlineData("state = default; file.Pin(); state.Page = file.Page.Address;")]
    [InlineData("state = default; Elsewhere.Preserve(kho, file); state.Page = file.Page.Address;")]
    [InlineData("state = default; _ = new Elsewhere(kho); state.Page = file.Page.Address;")]
    [InlineData("state = default; _preserve(file); state.Page = file.Page.Address;")]
    [InlineData("state = default; PhysicalAddress page = file.Page.Address; _ = page;")]
    [InlineData("var other = new OtherState { Page = file.Page.Address }; state = new PageState { Number = other.Page.Value };")]
    public Task Pages_that_nobody_preserves(string body) => VerifyAsync($"void Preserve(Sheet file, out PageState state, IKho kho) {{ {body} }}", fill: body.Contains("Fill", StringComparison.Ordinal));

    [Theory]
    [InlineData("{|LUO4011:state.Number = (ulong)System.Runtime.InteropServices.GCHandle.ToIntPtr(_handle)|};")]
    [InlineData("{|LUO4011:state.Number = (ulong)System.Runtime.InteropServices.GCHandle.ToIntPtr(_handle).ToInt64()|};")]
    [InlineData("{|LUO4011:state.Number = (ulong)System.Runtime.InteropServices.Marshal.AllocHGlobal(8)|};")]
    [InlineData("{|LUO4011:state.Number = (uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(file)|};")]
    [InlineData("unsafe { byte* at = null; {|LUO4011:state.Number = (ulong)at|}; }")]
    [InlineData("unsafe { byte* at = null; {|LUO4011:state.Number = (ulong)(nint)(void*)(at)|}; }")]
    [InlineData("unsafe { delegate*<void> at = null; {|LUO4011:state.Number = (ulong)at|}; }")]
    [InlineData("unsafe { byte* at = null; byte* end = at + 5; state.Number = (ulong)(end - at); }")]
    [InlineData("unsafe { byte* at = null; ulong number = (ulong)at; _number = number; state.Number = file.Size; }")]
    [InlineData("nint count = 5; state.Number = (ulong)count;")]
    [InlineData("state.Number = _numbers[System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(file)];")]
    [InlineData("state.Number = (uint)Handle.ToIntPtr();")]
    [InlineData("state.Number = (ulong)System.Runtime.InteropServices.Marshal.SizeOf<ulong>();")]
    [InlineData("state.Number = (uint)file.GetHashCode();")]
    [InlineData("_number = (uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(file);")]
    public Task Things_of_this_process(string body) => VerifyAsync($"void Preserve(Sheet file, out PageState state) {{ state = default; {body} }}");

    private const string Take = "void Preserve(Sheet file, out PageState state, IKho kho) => state = new PageState { Page = kho.Preserve(file.Page).Address, Number = file.Size };";

    [Theory]
    [InlineData("{|LUO4011:state = default|};")]
    [InlineData("{|LUO4011:state = new PageState { Number = file.Size }|};")]
    [InlineData("{|LUO4011:state.Page = default|};")]
    [InlineData("{|LUO4011:state.Page = PhysicalAddress.Null|};")]
    [InlineData("state.Number = 0;")]
    [InlineData("state.Page = file.Address; state.Number = file.Size;")]
    [InlineData("state = new PageState { Number = file.Size, Page = state.Page };")]
    [InlineData("PhysicalAddress page = state.Page; state = default; state.Page = page;")]
    [InlineData("PhysicalAddress page = state.Page; state.Page = default; state.Page = page;")]
    [InlineData("PhysicalAddress page = state.Page; state = default; Renew(ref state, page);")]
    [InlineData("kho.Unpreserve(kho.FindPreserved(state.Page)); state.Page = default;")]
    [InlineData("file.GiveUp(); state.Page = default;")]
    [InlineData("Elsewhere.Preserve(kho, file); state = default;")]
    [InlineData("var copy = state; copy.Page = default; Show(copy);")]
    public Task What_Freeze_drops(string body) => VerifyAsync(
        Take,
        "void Unpreserve(Sheet file, in PageState state, IKho kho) { if (!state.Page.IsNull) kho.Unpreserve(kho.FindPreserved(state.Page)); }",
        $"void Freeze(Sheet file, ref PageState state, IKho kho) {{ {body} }}");

    [Theory]
    [InlineData("kho.Preserve(file.Page).Address.Value", "{|LUO4011:serializedData = 0|};")]
    [InlineData("file.Size", "serializedData = 0;")]
    [InlineData("kho.Preserve(file.Page).Address.Value", "serializedData = file.Size;")]
    [InlineData("kho.Preserve(file.Page).Address.Value", "ulong old = serializedData; serializedData = 0; serializedData = old;")]
    [InlineData("kho.Preserve(file.Page).Address.Value", "kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(serializedData))); serializedData = 0;")]
    [InlineData("kho.Preserve(file.Page).Address.Value", "ulong other = 1; other = 0; _ = other;")]
    [InlineData("Math.Max(file.Size, 1)", "serializedData = 0;")]
    public Task What_Freeze_drops_of_a_raw_handle(string data, string freeze) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        [LiveUpdateFileHandler("sheet-v1")]
        public sealed partial class SheetHandler
        {
            bool CanPreserve(Sheet file) => true;
            void Preserve(Sheet file, out ulong serializedData, IKho kho) => serializedData = {{data}};
            void Freeze(Sheet file, ref ulong serializedData, IKho kho) { {{freeze}} }
            void Unpreserve(Sheet file, ulong serializedData, IKho kho) { if (serializedData != 0) kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(serializedData))); }
            Sheet Retrieve(ulong serializedData, IKho kho) => new() { Page = kho.Restore(kho.FindInherited(new PhysicalAddress(serializedData))) };
            void Finish(Sheet? file, ulong serializedData, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData))); }
        }
        """));

    private const string Types = """
        public sealed class Sheet : LuoFile
        {
            public Folio Page { get; set; }
            public PhysicalAddress Address { get; set; }
            public Own Own { get; } = new();
            public ulong Size { get; set; }
            public void Pin() { }
            public void GiveUp() { }
        }
        public sealed class Own { public ulong Address { get; set; } }
        public sealed class Elsewhere { public Elsewhere(IKho kho) => _ = kho.Pages; public static void Preserve(IKho kho, Sheet file) => kho.Preserve(file.Page); }
        public static class Handle { public static int ToIntPtr() => 1; }
        [PreservedState] public struct PageState { public PhysicalAddress Page; public ulong Number; }
        public struct OtherState { public PhysicalAddress Page; }

        """;

    private static Task VerifyAsync(string preserve, string unpreserve = "void Unpreserve(Sheet file) { }", string freeze = "", bool fill = false) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        [LiveUpdateFileHandler("sheet-v1")]
        public sealed partial class SheetHandler(Action<Sheet> preserve, System.Runtime.InteropServices.GCHandle handle)
        {
            private readonly Action<Sheet> _preserve = preserve;
            private readonly System.Runtime.InteropServices.GCHandle _handle = handle;
            private readonly Dictionary<int, ulong> _numbers = [];
            private ulong _number;
            bool CanPreserve(Sheet file) => _preserve is not null && _handle.IsAllocated && _numbers.Count == 0 && _number == 0;
            {{preserve}}
            {{freeze}}
            {{unpreserve}}
            Sheet Retrieve(in PageState state, IKho kho) => new() { Page = kho.Restore(kho.FindInherited(state.Page)), Size = state.Number };
            void Finish(Sheet? file, in PageState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(state.Page)); }
            private static void Fill(ref PageState state, Sheet file) { {{(fill ? "{|LUO4011:state.Page = file.Page.Address|};" : "")}} }
            private static void Show(PageState state) => Console.WriteLine(state.Number);
            private static void Renew(ref PageState state, PhysicalAddress page) => state.Page = page;
        }
        """));
}
