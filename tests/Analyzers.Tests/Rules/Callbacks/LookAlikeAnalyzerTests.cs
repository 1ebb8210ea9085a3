using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class LookAlikeAnalyzerTests
{
    [Theory]
    [InlineData("void {|LUO2012:Freez|}(Disk file) { }", "void Freeze(Disk file) { }")]
    [InlineData("void {|LUO2012:Frezee|}(Disk file, ref DiskState state) { }", "void Freeze(Disk file, ref DiskState state) { }")]
    [InlineData("void {|LUO2012:Rfeeze|}(Disk file) { }", null)]
    [InlineData("void {|LUO2012:UnFreeze|}(Disk file) { }", "void Unfreeze(Disk file) { }")]
    [InlineData("void {|LUO2012:unfreeze|}(string anything) { }", null)]
    [InlineData("bool {|LUO2012:CanFinsh|}(RetrieveStatus status) => status.IsNotTried;", "bool CanFinish(RetrieveStatus status) => status.IsNotTried;")]
    [InlineData("bool {|LUO2012:can_finish|}(Disk? file) => true;", "bool CanFinish(Disk? file) => true;")]
    [InlineData("ulong {|LUO2012:GetID|}(Disk file) => file.Size;", "ulong GetId(Disk file) => file.Size;")]
    [InlineData("void {|LUO2012:OnFreeze|}() { }", "void Freeze() { }")]
    [InlineData("public static void {|LUO2012:FreezeFile|}(Disk disk) { }", "public static void Freeze(Disk disk) { }")]
    [InlineData("Errno {|LUO2012:Freaze|}() => Errno.None;", "Errno Freeze() => Errno.None;")]
    public async Task LUO2012_optional_callbacks(string method, string? after)
    {
        await VerifyAsync(HandlerSource.With(other: method));
        if (after is not null)
            await FixAsync(HandlerSource.With(other: method), HandlerSource.With(other: after));
    }

    [Theory]
    [InlineData("void {|LUO2012:UnPreserve|}(Disk file, in DiskState state) { }", "void Unpreserve(Disk file, in DiskState state) { }")]
    [InlineData("void {|LUO2012:Unpresreve|}(Disk file) { }", "void Unpreserve(Disk file) { }")]
    [InlineData("void {|LUO2012:UnpreserveFile|}(Disk file) { }", "void Unpreserve(Disk file) { }")]
    public Task LUO2012_required_callbacks(string method, string after) =>
        FixAsync(HandlerSource.With(unpreserve: method), HandlerSource.With(unpreserve: after));

    [Fact]
    public Task LUO2012_a_text_of_that_name_is_no_use_of_it() =>
        VerifyAsync(HandlerSource.With(other: "void {|LUO2012:Freez|}(Disk file) { } string Name => \"Freez\";"));

    [Fact]
    public Task Three_slips_are_another_word() => VerifyAsync(HandlerSource.With(unpreserve: "void Unpresent(Disk file) { }"));

    [Fact]
    public Task LUO2012_several_are_renamed_at_once() => FixAsync(
        HandlerSource.With(canPreserve: "bool {|LUO2012:canPreserve|}(Disk file) => true;", retrieve: "Disk {|LUO2012:Retreive|}(in DiskState state) => new();"),
        HandlerSource.With(canPreserve: "bool CanPreserve(Disk file) => true;", retrieve: "Disk Retrieve(in DiskState state) => new();"));

    [Fact]
    public Task LUO2012_whoever_calls_it_from_outside_goes_along() => FixAsync(
        HandlerSource.With(other: "public void {|LUO2012:UnFreeze|}() { }") + "static class Test { static void Run(DiskHandler handler) => handler.UnFreeze(); }",
        HandlerSource.With(other: "public void Unfreeze() { }") + "static class Test { static void Run(DiskHandler handler) => handler.Unfreeze(); }");

    [Theory]
    [InlineData("Bus {|LUO2012:Retreive|}(in DiskState state) => new();", "Bus Retrieve(in DiskState state) => new();")]
    [InlineData("Bus {|LUO2012:retrieve|}(in DiskState state) => new();", "Bus Retrieve(in DiskState state) => new();")]
    public Task LUO2012_in_an_flb(string method, string after) => FixAsync(FlbSource.With(retrieve: method), FlbSource.With(retrieve: after));

    [Theory]
    [InlineData("void Reserve(Disk file) { }")]
    [InlineData("ulong GetIds(Disk file) => 1;")]
    [InlineData("void Freez(string text) { }")]
    [InlineData("int Freez(Disk file) => 1;")]
    [InlineData("void Frozen(Disk file) { }")]
    [InlineData("void Fexeze(Disk file) { }")]
    [InlineData("void Fxreze(Disk file) { }")]
    [InlineData("void Refreeze(Disk file) { }")]
    [InlineData("bool CanRetry(RetrieveStatus status) => true;")]
    [InlineData("void Fin() { }")]
    [InlineData("void Freeze(Disk file) { } void FreezeFile(Disk file) { }")]
    [InlineData("void UnPreserve(Disk file) { }")]
    [InlineData("bool CanFinish(Disk? file) { Freez(); return true; } void Freez() { }")]
    [InlineData("bool CanFinish(Disk? file) { System.Action action = OnFreeze; return true; } void OnFreeze() { }")]
    [InlineData("int Freez { get; }")]
    public Task Methods_of_the_author_s_own_are_right(string method) => VerifyAsync(HandlerSource.With(other: method));

    [Theory]
    [InlineData("System.IDisposable", "public void Dispose() { }")]
    [InlineData("IDisk", "public void FreezeAsync() { }")]
    [InlineData("Base", "public override void FreezeAsync() { }")]
    public Task What_an_interface_or_a_base_class_asks_for_is_right(string type, string method) => VerifyAsync(
        HandlerSource.With(declaration: $"public sealed partial class DiskHandler : {type}", other: method)
        + "public interface IDisk { void FreezeAsync(); } public abstract class Base { public abstract void FreezeAsync(); }");

    [Fact]
    public Task A_callback_of_a_base_class_is_not_missing() => VerifyAsync(
        HandlerSource.With(declaration: "public sealed partial class DiskHandler : Base", other: "void Freez() { }") + "public class Base { protected void Freeze() { } }");

    [Fact]
    public Task A_class_that_is_no_handler_may_have_any_names() => VerifyAsync(HandlerSource.With() + "class Other { void UnPreserve() { } }");

    private static Task VerifyAsync(string source) =>
        new HandlerAnalyzerTest<LookAlikeAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);

    private static Task FixAsync(string before, string after) =>
        new AnalyzerCodeFixTest<LookAlikeAnalyzer, RenameCallbackCodeFixProvider> { TestCode = before, FixedCode = after }.RunAsync(TestContext.Current.CancellationToken);
}
