using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using LuoHandlers.Generator.Model;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>Which edit makes which step run again, for every input.</summary>
public sealed class IncrementalTests
{
    private const string Unrelated = "namespace Unrelated;\n\npublic class Other\n{\n    public int Member() => 1;\n}\n";
    private const string OtherHandler =
        "public sealed class OtherFile : LuoHandlers.Vfs.LuoFile;\n"
        + "[LuoHandlers.LiveUpdateFileHandler(\"other-v1\")]\npublic sealed partial class OtherHandler\n{\n"
        + "    bool CanPreserve(OtherFile file) => true;\n    void Preserve() { }\n    void Unpreserve() { }\n"
        + "    OtherFile Retrieve() => new();\n    void Finish() { }\n}\n";

    public static TheoryData<string> Inputs => HandlerInput.All;

    public static TheoryData<string> AcceptedInputs => [.. HandlerInput.All.Where(input => input.Data != "Rejected")];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_unrelated_edit_runs_nothing_but_the_attribute_look_up(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input), Unrelated);
        var run = new GeneratorRun(compilation);

        foreach (Func<string, string> edit in new Func<string, string>[]
        {
            text => text.Replace("Member", "Renamed", StringComparison.Ordinal),
            text => text.Replace("=> 1", "=> 2", StringComparison.Ordinal),
            text => "// A comment.\n" + text,
            text => text + "public class Another;\n",
        })
        {
            compilation = compilation.Edit(1, edit);
            run.Run(compilation);
            run.AssertNothingRanAgain();
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Trivia_and_line_shifts_in_the_handlers_file_run_nothing_but_the_attribute_look_up(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input));
        var run = new GeneratorRun(compilation);

        foreach (Func<string, string> edit in new Func<string, string>[]
        {
            text => "// A comment.\n\n\n" + text,
            text => text + "\n// The end.\n",
            text => text.Replace("{", "{ /* here */", StringComparison.Ordinal),
            text => text.Replace("[LiveUpdateFileHandler(", "\n\n    [LiveUpdateFileHandler( ", StringComparison.Ordinal),
            text => text + "namespace Elsewhere { public class Another { public int Member() => 1; } }\n",
            text => text.Replace("Member() => 1", "Renamed() => 2", StringComparison.Ordinal),
        }.Take(input is "Nested" or "SameNames" or "Stateless" ? 6 : 4))
        {
            compilation = compilation.Edit(0, edit);
            run.Run(compilation);
            run.AssertNothingRanAgain();
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_new_reference_without_handlers_changes_nothing(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input));
        var run = new GeneratorRun(compilation);
        MetadataReference reference = CSharpCompilation.Create(
            "Unrelated", [TestCompilation.Parse(Unrelated, "/src/Unrelated.cs")], References.Framework, compilation.Options).ToMetadataReference();

        run.Run(compilation.AddReferences(reference));

        Assert.All(run.Reasons(TrackingNames.HandlerResults), reason => Assert.True(IsOld(reason), reason.ToString()));
        Assert.All(run.Reasons(TrackingNames.HandlerSources), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(1, run.Reasons(TrackingNames.ReferencedRegistration).Count(reason => reason == IncrementalStepRunReason.New));
        Assert.All(run.Reasons(TrackingNames.ReferencedRegistrations), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
        Assert.All(run.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void The_order_of_files_does_not_matter(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input), Unrelated, OtherHandler);
        var run = new GeneratorRun(compilation);
        Dictionary<string, string> before = Texts(run);

        CSharpCompilation reordered = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());
        run.Run(reordered);

        Assert.Equal(before, Texts(run));
        Assert.Equal(before, Texts(new GeneratorRun(reordered)));
    }

    [Theory]
    [MemberData(nameof(AcceptedInputs))]
    public void A_new_argument_of_the_attribute_changes_the_output(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input), OtherHandler);
        var run = new GeneratorRun(compilation);

        run.Run(compilation.Edit(0, text => text.Replace("-v1\")]", "-v9\")]", StringComparison.Ordinal).Replace("-v2\")]", "-v9\")]", StringComparison.Ordinal)));

        int handlers = run.HandlerSources.Length - 1;
        Assert.Equal(handlers, run.Reasons(TrackingNames.HandlerSources).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, run.Reasons(TrackingNames.HandlerSources).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Equal(handlers, run.HandlerSources.Count(source => source.SourceText.ToString().Contains("-v9\"u8", StringComparison.Ordinal)));
        Assert.Contains("-v9\"", run.Registration, StringComparison.Ordinal);
        run.Output.AssertCompiles();
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_handler_that_comes_or_goes_leaves_the_others_alone(string input)
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read(input));
        var run = new GeneratorRun(compilation);
        Dictionary<string, string> before = Texts(run);

        run.Run(compilation.AddSyntaxTrees(TestCompilation.Parse(OtherHandler, "/src/Other.cs")));

        Assert.Equal(1, run.Reasons(TrackingNames.HandlerSources).Count(reason => reason == IncrementalStepRunReason.New));
        Assert.Equal(run.HandlerSources.Length - 1, run.Reasons(TrackingNames.HandlerSources).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Contains("global::OtherHandler", run.Registration, StringComparison.Ordinal);
        run.Run(compilation);
        Assert.Equal(before, Texts(run));
    }

    [Theory]
    // The file type stops being a file: it would be private data.
    [InlineData("public sealed class Shared : LuoHandlers.Vfs.LuoFile;", "public sealed class Shared;", false)]
    // The base class brings another callback.
    [InlineData("protected void Other() { }", "protected void Freeze() { }", true)]
    // The state's struct is no state any more, or is another type of the same name.
    [InlineData("[LuoHandlers.PreservedState] public struct", "public struct", false)]
    [InlineData("public ulong Position;", "public string Position;", false)]
    public void An_edit_in_another_file_that_matters_changes_the_output(string before, string after, bool isAccepted)
    {
        const string Handler =
            "[LuoHandlers.LiveUpdateFileHandler(\"shared-v1\")]\npublic sealed partial class SharedHandler : SharedBase\n{\n"
            + "    bool CanPreserve(Shared file) => true;\n    void Preserve(out SharedState state) => state = default;\n    void Unpreserve() { }\n"
            + "    Shared Retrieve() => null!;\n    void Finish() { }\n}\n";
        const string Types =
            "public sealed class Shared : LuoHandlers.Vfs.LuoFile;\npublic abstract class SharedBase { protected void Other() { } }\n"
            + "[LuoHandlers.PreservedState] public struct SharedState { public ulong Position; }\n";
        CSharpCompilation compilation = TestCompilation.Create(Handler, Types);
        var run = new GeneratorRun(compilation);
        string text = Assert.Single(run.HandlerSources).SourceText.ToString();

        run.Run(compilation.Edit(1, types => types.Replace(before, after, StringComparison.Ordinal)));

        Assert.Equal(isAccepted ? 1 : 0, run.HandlerSources.Length);
        Assert.All(run.HandlerSources, source => Assert.NotEqual(text, source.SourceText.ToString()));
        Assert.Equal(isAccepted, run.Registration is not null);
    }

    [Fact]
    public void A_new_assembly_name_changes_the_registration_only()
    {
        CSharpCompilation compilation = TestCompilation.Create(OtherHandler);
        var run = new GeneratorRun(compilation);

        run.Run(compilation.WithAssemblyName("Renamed"));

        Assert.All(run.Reasons(TrackingNames.HandlerSources), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Contains("LuoHandlers.Generated.Renamed", run.Registration, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void No_step_keeps_a_symbol_or_syntax(string input)
    {
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read(input)));
        string source = HandlerInput.Read(input);
        string[] names = [.. typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetValue(null)!)
            // There is a step where there is a class for it.
            .Where(name => !name.StartsWith("Flb", StringComparison.Ordinal) || source.Contains("[LiveUpdateFlb", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("Session", StringComparison.Ordinal) || source.Contains("[LiveUpdateSession", StringComparison.Ordinal))];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);

        foreach (string name in names)
        {
            Assert.True(run.Result.TrackedSteps.ContainsKey(name) || input == "Rejected", $"{name} did not run");
            foreach ((object value, _) in run.Reasons(name).Count == 0 ? [] : run.Result.TrackedSteps[name].SelectMany(step => step.Outputs))
                Walk(value, seen, name);
        }
        Assert.True(seen.Count > 0);
    }

    [Fact]
    public void The_driver_keeps_no_old_compilation_alive()
    {
        CSharpCompilation compilation = TestCompilation.Create(HandlerInput.Read("Memfd"), Unrelated, OtherHandler);
        var run = new GeneratorRun(compilation);
        var old = new List<WeakReference>();
        CSharpCompilation last = RunEdits(run, compilation, old);

        compilation = last;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(16, old.Count);
        Assert.Equal(0, old.Count(reference => reference.IsAlive));
        GC.KeepAlive(run);
        GC.KeepAlive(compilation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CSharpCompilation RunEdits(GeneratorRun run, CSharpCompilation compilation, List<WeakReference> old)
    {
        for (int i = 0; i < 8; i++)
        {
            // Each tree is replaced, or it would keep its own parts alive.
            CSharpCompilation edited = compilation;
            for (int file = 0; file < 3; file++)
                edited = edited.Edit(file, text => text + $"// {i}\n");
            run.Run(edited);
            if (i > 0)
            {
                old.Add(new WeakReference(compilation));
                old.Add(new WeakReference(compilation.GetTypeByMetadataName("Sample.MemfdHandler")!));
            }
            compilation = edited;
        }
        old.Add(new WeakReference(compilation));
        old.Add(new WeakReference(compilation.GetTypeByMetadataName("Sample.MemfdHandler")!));
        CSharpCompilation last = compilation;
        for (int file = 0; file < 3; file++)
            last = last.Edit(file, text => text + "// last\n");
        run.Run(last);
        return last;
    }

    private static Dictionary<string, string> Texts(GeneratorRun run) =>
        run.Sources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    private static bool IsOld(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void Walk(object? value, HashSet<object> seen, string path)
    {
        if (value is null or string or Type || value.GetType().IsPrimitive || value.GetType().IsEnum)
            return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or SyntaxToken or Location or Compilation or SemanticModel
                or MetadataReference or AttributeData or Diagnostic,
            $"{path} is a {value.GetType()}");
        if (!value.GetType().IsValueType && !seen.Add(value))
            return;
        if (value is IEnumerable items)
        {
            int index = 0;
            foreach (object? item in items)
                Walk(item, seen, $"{path}[{index++}]");
        }
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), seen, $"{path}.{field.Name}");
        }
    }
}
