using System.Reflection;
using LuoHandlers.Emulation;
using LuoHandlers.Generator.Model;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Document = LuoHandlers.Generator.Tests.Scripting.Document;

namespace LuoHandlers.Generator.Tests;

/// <summary>Generated typed sessions in a real emulated kernel, on both sides of a live update.</summary>
public sealed class SessionTests
{
    private const string Unrelated = "public class Other\n{\n    public int Member() => 1;\n}\n";
    private static readonly Assembly Sessions = LoadedHandlers.Load(Source);

    private static string Source => File.ReadAllText(Path.Combine(BuildMetadata.ProjectDirectory, "SessionInputs", "Sessions.cs"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_files_come_back_typed_and_no_page_is_left(bool hasLog)
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine);
        object before = CreateFilled(old, hasLog);
        Preserve(before, old.OpenLiveUpdate());
        Assert.Equal("vm", Get<LiveUpdateSession>(before, "Session")!.Name);

        Kernel next = old.Kexec();
        Register(next);
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        object after = Retrieve("VmSession", device);
        Memfd ram = Get<Memfd>(after, "GuestRam")!;
        Assert.Equal(4096L, ram.Size);
        Assert.Equal(9UL, Get<Document>(after, "DeviceState")!.Position);
        Assert.Equal(hasLog, Get<Document>(after, "Log") is not null);
        Call(after, "Finish");
        // LUO has let go of it: the property's reference is the only one.
        Assert.Equal(1, ram.ReferenceCount);
        ((IDisposable)after).Dispose();

        Assert.Equal(0, ram.ReferenceCount);
        Assert.Equal(Baseline(), next.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void Disposing_takes_everything_back()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        object session = CreateFilled(kernel, hasLog: true);
        Memfd ram = Get<Memfd>(session, "GuestRam")!;
        Preserve(session, device);
        Assert.True(kernel.KexecHandover.PreservedPageCount > preserved);
        ((IDisposable)session).Dispose();

        Assert.Equal(preserved, kernel.KexecHandover.PreservedPageCount);
        Assert.Equal(0, ram.ReferenceCount);
        Assert.Null(Get<LiveUpdateSession>(session, "Session"));
    }

    [Fact]
    public void A_file_that_is_refused_is_named_and_the_others_are_taken_back()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        object session = CreateFilled(kernel, hasLog: false);
        // The same file under two tokens.
        Call(session, "SetLog", Get<Document>(session, "DeviceState"));

        LuoException error = Assert.Throws<LuoException>(() => Preserve(session, device));

        Assert.Equal(Errno.EBUSY, error.Errno);
        Assert.Contains($"token {ulong.MaxValue} of the session \"vm\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(preserved, kernel.KexecHandover.PreservedPageCount);
        Assert.Null(Get<LiveUpdateSession>(session, "Session"));
        // Nothing is left of it: the next attempt goes through.
        Call(session, "SetLog", [null]);
        Preserve(session, device);
        ((IDisposable)session).Dispose();
    }

    [Fact]
    public void A_file_of_another_type_is_named_and_stays_in_the_session()
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine);
        Preserve(CreateFilled(old, hasLog: false), old.OpenLiveUpdate());
        Kernel next = old.Kexec();
        Register(next);
        using LiveUpdateDevice device = next.OpenLiveUpdate();

        TypedSessionException error = Assert.Throws<TypedSessionException>(() => Retrieve("SwappedSession", device));

        Assert.Equal(("GuestRam", 1UL, Errno.EINVAL), (error.PropertyName, error.Token, error.Errno));
        Assert.Contains("is a Memfd, not a Document", error.Message, StringComparison.Ordinal);
        Memfd ram = error.Session.RetrieveFile<Memfd>(1);
        Assert.Equal(4096L, ram.Size);
        ram.Put();
        error.Session.Finish();
        error.Session.Dispose();
        Assert.Equal(Baseline(), next.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void A_required_file_that_was_not_preserved_is_named()
    {
        using Machine machine = Machine.Create();
        Kernel old = Boot(machine);
        old.OpenLiveUpdate().CreateSession("vm").PreserveFile(2, new Document("state"));
        Kernel next = old.Kexec();
        Register(next);
        using LiveUpdateDevice device = next.OpenLiveUpdate();

        TypedSessionException error = Assert.Throws<TypedSessionException>(() => Retrieve("VmSession", device));

        Assert.Equal(("GuestRam", Errno.ENOENT), (error.PropertyName, error.Errno));
        error.Session.Dispose();
    }

    [Fact]
    public void A_property_without_a_file_is_named_before_anything_happens()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        object session = Create("VmSession");

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Preserve(session, device));

        Assert.Contains("GuestRam (token 1)", error.Message, StringComparison.Ordinal);
        // The name is free.
        device.CreateSession("vm").Dispose();
        Assert.Throws<InvalidOperationException>(() => Get<Memfd>(session, "GuestRam"));
        Assert.Throws<InvalidOperationException>(() => Call(session, "Finish"));
    }

    [Fact]
    public void What_LUO_would_not_learn_of_can_not_be_set()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        object session = CreateFilled(kernel, hasLog: false);
        Preserve(session, device);

        Assert.Throws<InvalidOperationException>(() => Set(session, "DeviceState", new Document("late")));
        Assert.Throws<InvalidOperationException>(() => Preserve(session, device));
        ((IDisposable)session).Dispose();
        var inTime = new Document("in time");
        Set(session, "DeviceState", inTime);
        Assert.Same(inTime, Get<Document>(session, "DeviceState"));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void Output_compiles_without_a_warning(LanguageVersion version)
    {
        var run = new GeneratorRun(TestCompilation.Create("Sessions", version, Source));

        Assert.Equal(3, run.SessionSources.Length);
        run.Output.AssertCompiles();
    }

    // Its errors are the analyzers' to report; a partial property that nobody implements would be one of the compiler's, which then says no other.
    [Fact]
    public void A_wrong_session_compiles_and_only_throws()
    {
        const string source = """
            #nullable enable
            [LuoHandlers.LiveUpdateSession]
            public sealed partial class Wrong
            {
                [LuoHandlers.Token(1)] public partial LuoHandlers.Vfs.Memfd Ram { get; set; }
                [LuoHandlers.Token(1)] internal partial LuoHandlers.Vfs.Memfd? Log { get; private set; }
                [LuoHandlers.Token(2)] public static partial string Name { get; }
                [LuoHandlers.Token(3)] public partial ref LuoHandlers.Vfs.Memfd Shared { get; }
                [LuoHandlers.Token(4)] public partial ref readonly LuoHandlers.Vfs.Memfd Fixed { get; }
                private int _own;
                public void Own() => _own++;
            }
            """;
        new GeneratorRun(TestCompilation.Create(source)).Output.AssertCompiles();
        Type wrong = LoadedHandlers.Load(source).GetType("Wrong", throwOnError: true)!;

        object session = Activator.CreateInstance(wrong)!;
        foreach (string member in new[] { "get_Ram", "set_Ram", "get_Log", "set_Log", "get_Name", "get_Session", "Preserve", "Retrieve", "Finish", "Dispose" })
        {
            MethodInfo method = wrong.GetMethod(member, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            var thrown = Assert.Throws<TargetInvocationException>(() => method.Invoke(session, new object?[method.GetParameters().Length]));
            Assert.IsType<InvalidOperationException>(thrown.InnerException);
        }
    }

    [Fact]
    public void An_unrelated_edit_runs_nothing_but_the_attribute_look_up()
    {
        CSharpCompilation compilation = TestCompilation.Create(Source, Unrelated);
        var run = new GeneratorRun(compilation);

        run.Run(compilation = compilation.Edit(1, text => text.Replace("Member", "Renamed", StringComparison.Ordinal)));
        run.AssertNothingRanAgain();
        run.Run(compilation = compilation.Edit(0, text => "// A comment.\n\n" + text));
        run.AssertNothingRanAgain();
        run.Run(compilation.Edit(0, text => text.Replace("Ram = 1", "Ram = 7", StringComparison.Ordinal)));

        Assert.Equal(1, run.Reasons(TrackingNames.SessionSources).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(2, run.Reasons(TrackingNames.SessionSources).Count(reason => reason == IncrementalStepRunReason.Cached));
        run.Output.AssertCompiles();
    }

    [Fact]
    public void Half_typed_code_is_no_failure()
    {
        for (int length = 0; length < Source.Length; length += 29)
        {
            var run = new GeneratorRun(TestCompilation.Create(Source[..length]));
            Assert.All(run.Sources, text => Assert.DoesNotContain("#error", text.SourceText.ToString(), StringComparison.Ordinal));
        }
    }

    private static object Create(string type) => Activator.CreateInstance(Sessions.GetType($"Typed.{type}", throwOnError: true)!)!;

    private static object CreateFilled(Kernel kernel, bool hasLog)
    {
        object session = Create("VmSession");
        Memfd ram = kernel.CreateMemfd();
        ram.SetSize(4096);
        Set(session, "GuestRam", ram);
        ram.Put();
        Set(session, "DeviceState", new Document("state") { Position = 9 });
        if (hasLog)
            Call(session, "SetLog", new Document("log") { Size = 1 });
        return session;
    }

    private static void Preserve(object session, LiveUpdateDevice device) => Call(session, "Preserve", device, "vm");

    private static object Retrieve(string type, LiveUpdateDevice device) =>
        Sessions.GetType($"Typed.{type}")!.GetMethod("Retrieve")!.CreateDelegate<Func<LiveUpdateDevice, string, object>>()(device, "vm");

    private static T? Get<T>(object session, string property)
        where T : class => (T?)Find(session, property).GetValue(session, BindingFlags.DoNotWrapExceptions, null, null, null);

    private static void Set(object session, string property, object value) =>
        Find(session, property).SetValue(session, value, BindingFlags.DoNotWrapExceptions, null, null, null);

    private static PropertyInfo Find(object session, string property) =>
        session.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static void Call(object session, string method, params object?[] arguments) =>
        session.GetType().GetMethod(method)!.Invoke(session, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static Kernel Boot(Machine machine)
    {
        Kernel kernel = machine.Boot();
        Register(kernel);
        return kernel;
    }

    private static void Register(Kernel kernel)
    {
        kernel.RegisterFileHandler(LoadedHandlers.Create("Memfd", "Sample.MemfdHandler"));
        kernel.RegisterFileHandler(LoadedHandlers.Create("ScriptedState", "Scripted.ScriptedStateHandler"));
    }

    private static long Baseline()
    {
        using Machine machine = Machine.Create();
        Kernel next = machine.Boot().Kexec();
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        return next.KexecHandover!.InheritedPageCount;
    }
}
