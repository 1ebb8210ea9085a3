using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class RefactoringTests
{
    private const string Written = """

            private bool CanPreserve(LuoFile file) => false;

            private void Preserve(LuoFile file) => throw new ErrnoException(Errno.EOPNOTSUPP, "Preserve is not written yet.");

            private void Unpreserve(LuoFile file)
            {
                // Undo here what Preserve did: LUO asks for it when the session is closed before the reboot.
            }

            private LuoFile Retrieve() => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");

            private void Finish(LuoFile? file, RetrieveStatus status)
            {
                // The file's life in the session ends here: give up what was kept for it. If it was never retrieved, there is no file.
            }

        """;

    [Fact]
    public Task A_class_becomes_a_handler() => MakeAsync(
        "namespace Disks;\n\n/// <summary>Keeps disks.</summary>\npublic sealed class [|FastDiskHandler|]\n{\n}\n",
        "using LuoHandlers;\nusing LuoHandlers.Handlers;\nusing LuoHandlers.Vfs;\n\nnamespace Disks;\n\n/// <summary>Keeps disks.</summary>\n[LiveUpdateFileHandler(\"fast-disk-v1\")]\npublic sealed partial class FastDiskHandler\n{"
            + Written + "}\n");

    [Fact]
    public Task A_nested_class_becomes_a_handler_with_those_around_it() => MakeAsync(
        """
        using LuoHandlers;
        using LuoHandlers.Vfs;
        public static class Outer
        {
            // Why.
            internal class [|PCIDevice|]
            {
                bool CanPreserve(Disk file) => file.Size > 0;
                void Preserve(Disk file) { }
                void Unpreserve(Disk file) { }
                Disk Retrieve() => new();
                void Finish() { }
            }
        }
        public sealed class Disk : LuoFile { public ulong Size; }
        """,
        """
        using LuoHandlers;
        using LuoHandlers.Vfs;
        public static partial class Outer
        {
            // Why.
            [LiveUpdateFileHandler("pci-device-v1")]
            internal partial class PCIDevice
            {
                bool CanPreserve(Disk file) => file.Size > 0;
                void Preserve(Disk file) { }
                void Unpreserve(Disk file) { }
                Disk Retrieve() => new();
                void Finish() { }
            }
        }
        public sealed class Disk : LuoFile { public ulong Size; }
        """);

    [Theory]
    [InlineData("public static class [|Disk|] { }")]
    [InlineData("public abstract class [|Disk|] { }")]
    [InlineData("public struct [|Disk|] { }")]
    [InlineData("public class [|Disk|]<T> { }")]
    [InlineData("public class [|Disk|] : LuoHandlers.Vfs.LuoFile { }")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(\"disk-v1\")] public partial class [|Disk|] { }")]
    [InlineData("[LuoHandlers.LiveUpdateFlb(\"disk-v1\")] public partial class [|Disk|] { }")]
    [InlineData("public class Disk { void [|Run|]() { } }")]
    [InlineData("public class Disk { void Run() { [||] } }")]
    [InlineData("public [||]enum Disk { }")]
    public Task What_can_t_become_a_handler_is_left_alone(string source) => MakeAsync(source, null);

    [Theory]
    [InlineData("Freeze", "void Freeze(Disk file, ref DiskState state)\n    {\n        // The reboot begins: write here what has changed since Preserve.\n    }")]
    [InlineData("Unfreeze", "void Unfreeze(Disk file, in DiskState state)\n    {\n        // Take back here what Freeze changed: LUO asks for it when the reboot fails.\n    }")]
    public Task An_optional_callback_is_added(string name, string method) => AddAsync(
        name,
        HandlerSource.With().Replace("class DiskHandler", "class [|DiskHandler|]", StringComparison.Ordinal),
        HandlerSource.With(unpreserve: HandlerSource.Unpreserve + $"\n\n    {method}\n"));

    [Fact]
    public Task CanFinish_is_added_where_it_belongs() => AddAsync(
        "CanFinish",
        HandlerSource.With(retrieve: HandlerSource.Retrieve.Replace("Retrieve", "[|Retrieve|]", StringComparison.Ordinal)),
        HandlerSource.With(retrieve: HandlerSource.Retrieve + "\n\n    bool CanFinish(Disk? file, in DiskState state, RetrieveStatus status) => true;\n"));

    [Fact]
    public Task GetId_is_added_at_the_end() => AddAsync(
        "GetId",
        HandlerSource.With(finish: HandlerSource.Finish.Replace("Finish", "[|Finish|]", StringComparison.Ordinal)),
        HandlerSource.With(finish: HandlerSource.Finish + "\n\n    ulong GetId(Disk file) => throw new ErrnoException(Errno.EOPNOTSUPP, \"GetId is not written yet.\");"));

    [Fact]
    public Task What_is_there_is_not_offered() => AddAsync(
        "Freeze", HandlerSource.With(other: "void Freeze(Disk file) { }").Replace("class DiskHandler", "class [|DiskHandler|]", StringComparison.Ordinal), null);

    [Fact]
    public Task Nothing_is_offered_for_a_class_that_is_no_handler() => AddAsync("Freeze", "public class [|Disk|] { }", null);

    private static Task MakeAsync(string before, string? after)
    {
        HandlerRefactoringTest<MakeHandlerRefactoringProvider> test = new() { TestCode = before, CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None };
        if (after is not null)
        {
            test.FixedCode = after;
            test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.Errors;
        }
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task AddAsync(string callback, string before, string? after)
    {
        HandlerRefactoringTest<AddOptionalCallbackRefactoringProvider> test = new() { TestCode = before, CodeActionEquivalenceKey = callback };
        if (after is not null)
            test.FixedCode = after;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
