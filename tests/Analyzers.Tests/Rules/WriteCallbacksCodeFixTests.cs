using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class WriteCallbacksCodeFixTests
{
    private const string UndoComment = "// Undo here what Preserve did: LUO asks for it when the session is closed before the reboot.";
    private const string EndComment =
        "// The file's life in the session ends here: give up what was kept for it. If it was never retrieved, there is no file.";

    [Fact]
    public Task A_missing_callback_is_written_in_its_place() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:DiskHandler|}
        {
            bool CanPreserve(Disk disk) => true;
            void Preserve(Disk disk, out DiskState state, IKho memory) => state = default;
            Disk Retrieve(in DiskState state, IKho memory) => new();
            void Finish() { }
        }
        """,
        $$"""
        [LiveUpdateFileHandler("disk-v1")]
        partial class DiskHandler
        {
            bool CanPreserve(Disk disk) => true;
            void Preserve(Disk disk, out DiskState state, IKho memory) => state = default;

            void Unpreserve(Disk disk, in DiskState state, IKho memory)
            {
                {{UndoComment}}
            }

            Disk Retrieve(in DiskState state, IKho memory) => new();
            void Finish() { }
        }
        """);

    [Fact]
    public Task An_empty_handler_gets_all_of_them() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:DiskHandler|}
        {
        }
        """,
        $$"""
        [LiveUpdateFileHandler("disk-v1")]
        partial class DiskHandler
        {
            private bool CanPreserve(LuoFile file) => false;

            private void Preserve(LuoFile file) => throw new ErrnoException(Errno.EOPNOTSUPP, "Preserve is not written yet.");

            private void Unpreserve(LuoFile file)
            {
                {{UndoComment}}
            }

            private LuoFile Retrieve() => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");

            private void Finish(LuoFile? file, RetrieveStatus status)
            {
                {{EndComment}}
            }
        }
        """);

    [Theory]
    [InlineData("partial class {|LUO2001:DiskHandler|} { }")]
    [InlineData("partial class {|LUO2001:DiskHandler|} {}")]
    [InlineData("partial class {|LUO2001:DiskHandler|};")]
    [InlineData("partial class {|LUO2001:DiskHandler|} {\n}")]
    [InlineData("partial class {|LUO2001:DiskHandler|}() : Base;", "partial class DiskHandler() : Base")]
    public Task A_class_without_a_proper_body_gets_one(string declaration, string fixedDeclaration = "partial class DiskHandler") => VerifyAsync(
        $$"""
        abstract class Base { }
        [LiveUpdateFileHandler("disk-v1")]
        {{declaration}}
        partial class DiskHandler
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{HandlerSource.Finish}}
        }
        """,
        $$"""
        abstract class Base { }
        [LiveUpdateFileHandler("disk-v1")]
        {{(declaration.EndsWith(" {\n}", StringComparison.Ordinal) ? fixedDeclaration + " {" : fixedDeclaration + "\n{")}}
            private Disk Retrieve(in DiskState state) => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");
        }
        partial class DiskHandler
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{HandlerSource.Finish}}
        }
        """);

    [Fact]
    public Task Private_data_and_accessibilities_are_taken_over() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        public partial class {|LUO2001:DiskHandler|}
        {
            /// <summary>Says yes.</summary>
            public bool CanPreserve(Disk file) => true;

            public void Unpreserve(Disk file, in DiskState state, Pins pins) { }

            public Disk Retrieve(in DiskState state) => new();
        }
        """,
        $$"""
        [LiveUpdateFileHandler("disk-v1")]
        public partial class DiskHandler
        {
            /// <summary>Says yes.</summary>
            public bool CanPreserve(Disk file) => true;

            private void Preserve(Disk file, out DiskState state, out Pins pins) => throw new ErrnoException(Errno.EOPNOTSUPP, "Preserve is not written yet.");

            public void Unpreserve(Disk file, in DiskState state, Pins pins) { }

            public Disk Retrieve(in DiskState state) => new();

            private void Finish(Disk? file, in DiskState state, RetrieveStatus status)
            {
                {{EndComment}}
            }
        }
        """);

    [Fact]
    public Task The_raw_handle_is_taken_over() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:DiskHandler|}
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData) => serializedData = 1;
            void Finish(Disk? file, ulong serializedData) { }
        }
        """,
        $$"""
        [LiveUpdateFileHandler("disk-v1")]
        partial class DiskHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData) => serializedData = 1;

            void Unpreserve(Disk file, ulong serializedData)
            {
                {{UndoComment}}
            }

            Disk Retrieve(ulong serializedData) => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");

            void Finish(Disk? file, ulong serializedData) { }
        }
        """);

    [Fact]
    public Task Names_that_are_keywords_or_equal_are_minded() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:@class|}
        {
            bool CanPreserve(Disk @event) => true;
            void Preserve(Disk file, out DiskState @event) => @event = default;
            Disk Retrieve(in DiskState state) => new();
            void Finish() { }
        }
        """,
        $$"""
        [LiveUpdateFileHandler("disk-v1")]
        partial class @class
        {
            bool CanPreserve(Disk @event) => true;
            void Preserve(Disk file, out DiskState @event) => @event = default;

            void Unpreserve(Disk @event, in DiskState event2)
            {
                {{UndoComment}}
            }

            Disk Retrieve(in DiskState state) => new();
            void Finish() { }
        }
        """);

    [Fact]
    public Task Where_nullable_is_off_the_file_has_no_question_mark()
    {
        HandlerCodeFixTest<WriteCallbacksCodeFixProvider> test = Create(
            HandlerSource.Usings + HandlerSource.Types + """
            [LiveUpdateFileHandler("disk-v1")]
            partial class {|LUO2001:DiskHandler|}
            {
                bool CanPreserve(Disk file) => true;
                void Preserve(Disk file) { }
                void Unpreserve(Disk file) { }
                Disk Retrieve() => new();
            }
            """,
            HandlerSource.Usings + HandlerSource.Types + $$"""
            [LiveUpdateFileHandler("disk-v1")]
            partial class DiskHandler
            {
                bool CanPreserve(Disk file) => true;
                void Preserve(Disk file) { }
                void Unpreserve(Disk file) { }
                Disk Retrieve() => new();

                void Finish(Disk file, RetrieveStatus status)
                {
                    {{EndComment}}
                }
            }
            """);
        test.Nullable = NullableContextOptions.Disable;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Namespaces_that_are_needed_are_imported() => Create(
        """
        using LuoHandlers;

        namespace Disks;

        public sealed class Disk : LuoHandlers.Vfs.LuoFile { }

        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:DiskHandler|}
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, LuoHandlers.Kho.IKho kho) { }
            Disk Retrieve() => new();
            void Unpreserve() { }
        }
        """,
        $$"""
        using LuoHandlers;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;

        namespace Disks;

        public sealed class Disk : LuoHandlers.Vfs.LuoFile { }

        [LiveUpdateFileHandler("disk-v1")]
        partial class DiskHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, LuoHandlers.Kho.IKho kho) { }
            Disk Retrieve() => new();
            void Unpreserve() { }

            void Finish(Disk? file, RetrieveStatus status, IKho kho)
            {
                {{EndComment}}
            }
        }
        """).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Line_ends_are_kept()
    {
        string source = HandlerSource.Usings + HandlerSource.Types + """
            [LiveUpdateFileHandler("disk-v1")]
            partial class {|LUO2001:DiskHandler|}
            {
                bool CanPreserve(Disk file) => true;
                void Preserve(Disk file) { }
                Disk Retrieve() => new();
                void Finish() { }
            }
            """;
        string fixedSource = HandlerSource.Usings + HandlerSource.Types + $$"""
            [LiveUpdateFileHandler("disk-v1")]
            partial class DiskHandler
            {
                bool CanPreserve(Disk file) => true;
                void Preserve(Disk file) { }

                void Unpreserve(Disk file)
                {
                    {{UndoComment}}
                }

                Disk Retrieve() => new();
                void Finish() { }
            }
            """;
        return Create(WithCarriageReturns(source), WithCarriageReturns(fixedSource)).RunAsync(TestContext.Current.CancellationToken);

        static string WithCarriageReturns(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);
    }

    [Fact]
    public Task A_name_that_is_taken_is_not_written() => VerifyAsync(
        """
        [LiveUpdateFileHandler("disk-v1")]
        partial class {|LUO2001:DiskHandler|}
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file) { }
            void Unpreserve(Disk file) { }
            Disk Retrieve() => new();
            int Finish { get; }
        }
        """,
        null);

    [Fact]
    public Task Fix_All_reaches_every_handler_document_and_project()
    {
        HandlerCodeFixTest<WriteCallbacksCodeFixProvider> test = new();
        Add(test.TestState, "{|LUO2001:DiskHandler|}", "{|LUO2001:TapeHandler|}", string.Empty);
        Add(test.FixedState, "DiskHandler", "TapeHandler", $$"""


                    void Unpreserve(Disk file)
                    {
                        {{UndoComment}}
                    }
            """);
        return test.RunAsync(TestContext.Current.CancellationToken);

        static void Add(SolutionState state, string first, string second, string unpreserve)
        {
            string source = HandlerSource.Usings + HandlerSource.Types + Handler(first, "disk-v1", unpreserve) + Handler(second, "tape-v1", unpreserve);
            string other = HandlerSource.Usings + Handler(first.Replace("Disk", "Other", StringComparison.Ordinal), "other-v1", unpreserve);
            state.Sources.Add(source);
            state.Sources.Add(other);
            state.AdditionalProjects["Library"].Sources.Add(source);
            if (state.AdditionalProjects["Library"].AdditionalReferences.Count == 0)
                state.AdditionalProjects["Library"].AdditionalReferences.Add(typeof(LiveUpdateFileHandlerAttribute).Assembly);
        }

        static string Handler(string name, string compatible, string unpreserve) => $$"""

            namespace Handlers.Of_{{compatible[..^3]}}
            {
                [LiveUpdateFileHandler("{{compatible}}")]
                partial class {{name}}
                {
                    bool CanPreserve(Disk file) => true;
                    void Preserve(Disk file) { }{{unpreserve}}
            {{(unpreserve.Length > 0 ? "\n" : string.Empty)}}        Disk Retrieve() => new();
                    void Finish() { }
                }
            }

            """;
    }

    private static Task VerifyAsync(string source, string? fixedSource)
    {
        string start = HandlerSource.Usings + HandlerSource.Types;
        HandlerCodeFixTest<WriteCallbacksCodeFixProvider> test = new() { TestCode = start + source };
        if (fixedSource is not null)
            test.FixedCode = start + fixedSource;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static HandlerCodeFixTest<WriteCallbacksCodeFixProvider> Create(string source, string fixedSource) =>
        new() { TestCode = source, FixedCode = fixedSource };
}
