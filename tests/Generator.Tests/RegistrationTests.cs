using System.Reflection;
using System.Runtime.Loader;
using LuoHandlers.Emulation;
using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>What <c>kernel.RegisterGeneratedHandlers()</c> registers, across assemblies.</summary>
public sealed class RegistrationTests
{
    private const string Caller =
        "namespace Calling;\nusing LuoHandlers.Emulation;\npublic static class Caller\n{\n"
        + "    public static void Call(Kernel kernel) => kernel.RegisterGeneratedHandlers();\n}\n";

    [Fact]
    public void Own_handlers_are_registered_if_they_need_no_argument()
    {
        Compilation output = Generate("Own", [HandlerInput.Read("Constructors"), Caller]);
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();

        Load(output)[0].GetType("Calling.Caller")!.GetMethod("Call")!.Invoke(null, [kernel]);

        foreach (string compatible in new[] { "sets-required-v1", "optional-v1", "internal-v1" })
            Assert.True(IsRegistered(kernel, compatible), compatible);
        foreach (string compatible in new[] { "argument-v1", "private-v1", "required-v1" })
            Assert.False(IsRegistered(kernel, compatible), compatible);
    }

    [Fact]
    public void Handlers_that_the_caller_must_register_are_named_in_the_documentation()
    {
        string registration = new GeneratorRun(TestCompilation.Create(HandlerInput.Read("Constructors"))).Registration!;

        Assert.Contains("/// Constructing.ArgumentHandler (argument-v1)", registration, StringComparison.Ordinal);
        Assert.Contains("/// Constructing.PrivateConstructorHandler (private-v1)", registration, StringComparison.Ordinal);
        Assert.Contains("/// Constructing.RequiredHandler (required-v1)", registration, StringComparison.Ordinal);
        Assert.DoesNotContain("/// Constructing.OptionalArgumentHandler", registration, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_names_every_compatible_string_in_ordinal_order()
    {
        Assembly assembly = Load(Generate("Manifest", [HandlerInput.Read("SameNames")]))[0];

        LiveUpdateHandlersAttribute manifest = assembly.GetCustomAttribute<LiveUpdateHandlersAttribute>()!;

        Assert.Equal(["dot-v1", "first-v1", "lower-v1", "second-v1", "underscore-v1", "upper-v1"], manifest.Compatibles);
        Assert.Equal("LuoHandlers.Generated.Manifest.Registration", manifest.Registration.FullName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handlers_of_referenced_assemblies_are_registered_too(bool asCompilation)
    {
        Compilation first = Generate("B.First", [HandlerInput.Read("Stateless")]);
        Compilation second = Generate("A.Second", [HandlerInput.Read("Memfd")]);
        Compilation app = Generate("App", [Caller, HandlerInput.Read("Quiet")], [Reference(first, asCompilation), Reference(second, asCompilation)]);
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();

        Load(first, second, app)[2].GetType("Calling.Caller")!.GetMethod("Call")!.Invoke(null, [kernel]);

        foreach (string compatible in new[] { "stateless-v1", "memfd-v2", "quiet-v1" })
            Assert.True(IsRegistered(kernel, compatible), compatible);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void References_come_first_in_the_order_of_their_names(bool asCompilation)
    {
        MetadataReference last = Reference(Generate("B.Last", [HandlerInput.Read("Stateless")]), asCompilation);
        MetadataReference first = Reference(Generate("A.First", [HandlerInput.Read("Memfd")]), asCompilation);
        var run = new GeneratorRun(Create("App", [HandlerInput.Read("Quiet")], [last, first]));

        string[] calls = [.. run.Registration!.Split('\n').Where(line => line.EndsWith(".Register(kernel);", StringComparison.Ordinal)).Select(line => line.Trim())];

        Assert.Equal(
            [
                "global::LuoHandlers.Generated.A_First.Registration.Register(kernel);",
                "global::LuoHandlers.Generated.B_Last.Registration.Register(kernel);",
                "global::LuoHandlers.Generated.App.Registration.Register(kernel);",
            ],
            calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_assembly_without_handlers_registers_those_of_its_references(bool asCompilation)
    {
        Compilation library = Generate("Library", [HandlerInput.Read("Stateless")]);
        Compilation app = Generate("App", [Caller], [Reference(library, asCompilation)]);
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();

        Load(library, app)[1].GetType("Calling.Caller")!.GetMethod("Call")!.Invoke(null, [kernel]);

        Assert.True(IsRegistered(kernel, "stateless-v1"));
        Assert.Null(Load(library, app)[1].GetCustomAttribute<LiveUpdateHandlersAttribute>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_flb_of_a_referenced_assembly_is_the_same_object_for_all_handlers(bool asCompilation)
    {
        const string Handler = """
            using LuoHandlers;
            using LuoHandlers.Generator.Tests.Scripting;

            namespace Using;

            public sealed class Device : LuoHandlers.Vfs.LuoFile;

            [LiveUpdateFileHandler("device-v1")]
            [UsesFlb<Sharing.IommuCore>]
            public sealed partial class DeviceHandler
            {
                bool CanPreserve(Device file) => true;
                void Preserve(Domains domains) => domains.Users.Add("device");
                void Unpreserve() { }
                Device Retrieve(Domains domains) => new();
                void Finish() { }
            }
            """;
        // Its callbacks are private: a file of metadata does not show them, but the object's type is needed here.
        Compilation library = Generate("Library", [HandlerInput.Read("Flbs")]);
        Compilation app = Generate("App", [Caller, Handler], [Reference(library, asCompilation)]);
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        Assembly[] assemblies = Load(library, app);

        assemblies[1].GetType("Calling.Caller")!.GetMethod("Call")!.Invoke(null, [kernel]);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.CreateSession("session");
        session.PreserveFile(1, (LuoFile)Activator.CreateInstance(assemblies[0].GetType("Sharing.Iommufd")!)!);
        session.PreserveFile(2, (LuoFile)Activator.CreateInstance(assemblies[1].GetType("Using.Device")!)!);

        var flb = (ILiveUpdateFlb<Domains>)typeof(Kernel).GetMethod(nameof(Kernel.GetFlb))!
            .MakeGenericMethod(assemblies[0].GetType("Sharing.IommuCore")!).Invoke(kernel, null)!;
        Assert.Equal(["preserve"], ((IScriptedFlb)flb).Calls);
        using FlbLease<Domains> lease = kernel.GetOutgoingFlb(flb);
        Assert.Equal(["device"], lease.Object!.Users);
    }

    [Fact]
    public void An_assembly_without_any_handler_gets_no_file()
    {
        var run = new GeneratorRun(TestCompilation.Create("public class Nothing;"));

        Assert.Empty(run.Sources);
        run.Output.AssertCompiles();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Assemblies_that_see_each_others_internals_do_not_see_two_extension_methods(bool asCompilation)
    {
        const string Visible = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]\n";
        Compilation library = Generate("Library", [HandlerInput.Read("Stateless"), Visible]);

        // Compiled with warnings as errors: neither an ambiguous call nor a conflicting type.
        Compilation app = Generate("App", [Caller, HandlerInput.Read("Quiet")], [Reference(library, asCompilation)]);

        Assert.Equal(2, app.GetSymbolsWithName("RegisterGeneratedHandlers", SymbolFilter.Member, TestContext.Current.CancellationToken).Count()
            + library.GetSymbolsWithName("RegisterGeneratedHandlers", SymbolFilter.Member, TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void Another_generator_may_define_the_embedded_attribute_too()
    {
        CSharpCompilation app = Create("App", [Caller, HandlerInput.Read("Quiet")], []);

        _ = CSharpGeneratorDriver
            .Create([new LiveUpdateHandlerGenerator().AsSourceGenerator(), new EmbeddingGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)app.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(app, out Compilation output, out _, TestContext.Current.CancellationToken);

        Assert.Equal(2, output.GetTypeByMetadataName("Microsoft.CodeAnalysis.EmbeddedAttribute")!.DeclaringSyntaxReferences.Length);
        output.AssertCompiles();
    }

    [Fact]
    public void A_reference_under_an_extern_alias_is_reached_through_it()
    {
        Compilation library = Generate("Library", [HandlerInput.Read("Stateless")]);

        Compilation app = Generate("App", [Caller], [Reference(library, asCompilation: false).WithAliases(["class"])]);

        Assert.Contains(app.SyntaxTrees, tree => tree.ToString().Contains("@class::LuoHandlers.Generated.Library.Registration.Register(kernel);", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_that_can_not_be_read_is_the_compilers_matter()
    {
        MetadataReference broken = MetadataReference.CreateFromImage([1, 2, 3, 4]);

        var run = new GeneratorRun(Create("App", [HandlerInput.Read("Stateless")], [broken]));

        Assert.NotEmpty(run.HandlerSources);
    }

    [Fact]
    public void A_handler_added_to_a_referenced_project_shows_up()
    {
        CSharpCompilation before = Create("Library", ["public class Nothing;"], []);
        var library = new GeneratorRun(before);
        CSharpCompilation app = Create("App", [HandlerInput.Read("Quiet")], [library.Output.ToMetadataReference()]);
        var run = new GeneratorRun(app);
        Assert.DoesNotContain("Library", run.Registration, StringComparison.Ordinal);

        library.Run(before.AddSyntaxTrees(TestCompilation.Parse(HandlerInput.Read("Stateless"), "/src/Stateless.cs")));
        run.Run(app.ReplaceReference(app.References.Last(), library.Output.ToMetadataReference()));

        Assert.Contains("global::LuoHandlers.Generated.Library.Registration.Register(kernel);", run.Registration, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_assembly_names_give_different_identifiers()
    {
        const string Alphabet = "aFx0_.-\u00e4";
        var identifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new List<string> { "" };

        // Every name of up to five of these characters: those that stand for themselves, and those that are written otherwise.
        for (int length = 1; length <= 5; length++)
        {
            names = [.. names.SelectMany(name => Alphabet.Select(character => name + character))];
            foreach (string name in names)
            {
                string identifier = AssemblyIdentifier.Create(name);
                Assert.True(identifiers.TryAdd(identifier, name), $"{name} and {identifiers.GetValueOrDefault(identifier)} are both {identifier}");
                Assert.True(SyntaxFacts.IsValidIdentifier(identifier.TrimStart('@')), identifier);
            }
        }
    }

    [Theory]
    [InlineData("My.Company.Handlers", "My_Company_Handlers")]
    [InlineData("snake_case", "snake__case")]
    [InlineData("1st-app", "_x0031st_x002Dapp")]
    [InlineData("class", "@class")]
    public void Identifiers_stay_readable(string assemblyName, string identifier) =>
        Assert.Equal(identifier, AssemblyIdentifier.Create(assemblyName));

    [Theory]
    [InlineData("class")]
    [InlineData("System.Linq-1")]
    [InlineData("LuoHandlers.Emulation")]
    public void Any_assembly_name_will_do(string assemblyName) => Generate(assemblyName, [HandlerInput.Read("Stateless"), Caller]);

    [Fact]
    public void An_older_language_version_is_named()
    {
        var run = new GeneratorRun(TestCompilation.Create("Old", LanguageVersion.CSharp11, HandlerInput.Read("ScriptedHandle")));

        Diagnostic error = Assert.Single(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id == "CS1029");
        Assert.Contains("needs C# 12.0 or later, but LangVersion is 11.0", error.GetMessage(), StringComparison.Ordinal);
    }

    private static CSharpCompilation Create(string assemblyName, string[] sources, MetadataReference[] references) =>
        TestCompilation.Create(assemblyName, LanguageVersion.Latest, sources).AddReferences(references);

    private static Compilation Generate(string assemblyName, string[] sources, MetadataReference[]? references = null)
    {
        Compilation output = new GeneratorRun(Create(assemblyName, sources, references ?? [])).Output;
        output.AssertCompiles();
        return output;
    }

    private static MetadataReference Reference(Compilation compilation, bool asCompilation) =>
        asCompilation ? compilation.ToMetadataReference() : MetadataReference.CreateFromImage(Emit(compilation));

    private static byte[] Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return image.ToArray();
    }

    private static Assembly[] Load(params Compilation[] compilations)
    {
        var context = new AssemblyLoadContext("registration", isCollectible: true);
        return [.. compilations.Select(compilation => context.LoadFromStream(new MemoryStream(Emit(compilation))))];
    }

    // A compatible string that is taken is refused: that is how it shows from outside.
    private static bool IsRegistered(Kernel kernel, string compatible)
    {
        var handler = new NamedHandler(compatible);
        int result = kernel.Orchestrator.RegisterFileHandler(handler);
        if (result == 0)
            kernel.Orchestrator.UnregisterFileHandler(handler);
        return result == -(int)Errno.EEXIST;
    }

    private sealed class NamedHandler(string compatible) : ILiveUpdateFileHandler
    {
        private readonly byte[] _compatible = System.Text.Encoding.UTF8.GetBytes(compatible);

        public ReadOnlySpan<byte> Compatible => _compatible;

        public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;

        public bool CanPreserve(Vfs.LuoFile file) => false;

        public int Preserve(ref LiveUpdateFileOpArgs args) => -(int)Errno.EOPNOTSUPP;

        public void Unpreserve(ref LiveUpdateFileOpArgs args)
        {
        }

        public int Retrieve(ref LiveUpdateFileOpArgs args) => -(int)Errno.EOPNOTSUPP;

        public void Finish(ref LiveUpdateFileOpArgs args)
        {
        }
    }

    private sealed class EmbeddingGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());
    }
}
