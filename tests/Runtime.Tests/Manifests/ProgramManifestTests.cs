using LuoHandlers.Manifests;

namespace LuoHandlers.Runtime.Tests.Manifests;

/// <summary>What can be read of a program without running it, however it was made.</summary>
public sealed class ProgramManifestTests : IDisposable
{
    private const string Handler = """
        : LuoHandlers.Handlers.ILiveUpdateFileHandler
        {
            public System.ReadOnlySpan<byte> Compatible => default;
            public LuoHandlers.Handlers.FileHandlerCallbacks Callbacks => default;
            public bool CanPreserve(LuoHandlers.Vfs.LuoFile file) => false;
            public int Preserve(ref LuoHandlers.Handlers.LiveUpdateFileOpArgs args) => 0;
            public void Unpreserve(ref LuoHandlers.Handlers.LiveUpdateFileOpArgs args) { }
            public int Retrieve(ref LuoHandlers.Handlers.LiveUpdateFileOpArgs args) => 0;
            public void Finish(ref LuoHandlers.Handlers.LiveUpdateFileOpArgs args) { }
        }

        """;

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_strings_of_a_program_and_of_all_that_it_references_are_found()
    {
        _folder.Compile("Deep", ProgramFolder.Accept("deep-v1") + "public class Deep { }");
        _folder.Compile("Library", ProgramFolder.Accept("library-v1", kind: LiveUpdateAbiKind.Flb) + "public class Library : Deep { }", "Deep");
        string program = _folder.Create("Program", ProgramFolder.Accept("own-v2", "handler none") + ProgramFolder.Accept("own-v1") + "class Program : Library { }", "Library", "Deep");

        foreach (string path in new[] { program, program + ".dll" })
        {
            ProgramManifest manifest = ProgramManifest.Read(path);

            Assert.Equal(program + ".dll", manifest.Path);
            Assert.Equal(["deep-v1", "library-v1", "own-v1", "own-v2"], manifest.Accepted.Select(abi => abi.Compatible));
            Assert.Equal("handler none", manifest.Find("own-v2", LiveUpdateAbiKind.FileHandler)!.Description);
            Assert.NotNull(manifest.Find("library-v1", LiveUpdateAbiKind.Flb));
            Assert.Null(manifest.Find("library-v1", LiveUpdateAbiKind.FileHandler));
            Assert.Empty(manifest.Gaps);
        }
    }

    [Fact]
    public void A_link_leads_to_the_program()
    {
        string program = _folder.Create("Program", ProgramFolder.Accept("own-v1"));
        File.CreateSymbolicLink(_folder.GetPath("link"), program);

        Assert.Equal(program + ".dll", ProgramManifest.Read(_folder.GetPath("link")).Path);
    }

    [Fact]
    public void What_may_have_more_handlers_is_a_gap()
    {
        _folder.Compile("Missing", "public class Missing { }");
        _folder.Compile("Broken", "public class Broken { }");
        string program = _folder.Create(
            "Program", ProgramFolder.Accept("own-v1") + "class Program : Missing { Broken _broken; }\nnamespace Own { class ByHand " + Handler + "}", "Missing", "Broken");
        File.Delete(_folder.GetPath("Missing.dll"));
        File.WriteAllText(_folder.GetPath("Broken.dll"), "no assembly");

        IReadOnlyList<string> gaps = ProgramManifest.Read(program).Gaps;

        Assert.Equal(3, gaps.Count);
        Assert.Contains("Broken", gaps[0], StringComparison.Ordinal);
        Assert.Contains("Missing", gaps[1], StringComparison.Ordinal);
        Assert.Contains("Own.ByHand", gaps[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_handler_and_one_that_holds_another_are_no_gaps()
    {
        string program = _folder.Create(
            "Program",
            ProgramFolder.Accept("own-v1") + "[LiveUpdateFileHandler(\"own-v1\")] class Own " + Handler
            + "class Around " + Handler.Replace("{\n", "{\n private LuoHandlers.Handlers.ILiveUpdateFileHandler _inner = null;", StringComparison.Ordinal));

        Assert.Empty(ProgramManifest.Read(program).Gaps);
    }

    [Fact]
    public void A_program_that_does_not_use_the_runtime_is_a_gap() =>
        Assert.Single(ProgramManifest.Read(_folder.Create("Program", "class Program { }")).Gaps);

    [Fact]
    public void Two_layouts_of_one_string_are_none()
    {
        _folder.Compile("Library", ProgramFolder.Accept("own-v1", "handler none") + "public class Library { }");
        string program = _folder.Create("Program", ProgramFolder.Accept("own-v1", "handler raw") + "class Program : Library { }", "Library");

        Assert.Equal("", ProgramManifest.Read(program).Find("own-v1", LiveUpdateAbiKind.FileHandler)!.Description);
    }

    [Fact]
    public void Programs_of_another_kind_are_refused()
    {
        string script = _folder.GetPath("script");
        File.WriteAllText(script, "#!/bin/sh");
        // By chance.
        _folder.Compile("script", "class Program { }");
        File.WriteAllText(_folder.GetPath("text.dll"), "text");

        foreach (string path in new[] { script, _folder.GetPath("text.dll"), _folder.GetPath("nothing"), _folder.GetPath("") })
            Assert.Throws<InvalidManifestException>(() => ProgramManifest.Read(path));
    }

    [Fact]
    public void A_damaged_assembly_is_refused_or_read_and_nothing_else()
    {
        byte[] good = File.ReadAllBytes(_folder.Compile("Good", ProgramFolder.Accept("own-v1", "handler none") + "class ByHand " + Handler));
        string path = _folder.GetPath("Damaged.dll");
        var random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 800; i++)
        {
            byte[] damaged = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, random.Next(8) == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            try
            {
                _ = ProgramManifest.Read(path);
            }
            catch (InvalidManifestException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 30, 799);
    }
}
