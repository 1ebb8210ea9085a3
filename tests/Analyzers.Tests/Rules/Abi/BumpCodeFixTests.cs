using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

public sealed class BumpCodeFixTests
{
    private const string Disk = AbiLockTest.Disk;

    [Fact]
    public Task Swapped_fields_get_a_version_of_their_own() => VerifyAsync(
        """
        [PreservedState]
        public struct DiskState
        {
            public ulong {|LUO3103:Position|};
            public ulong Size;
        }
        """,
        Disk,
        """
        [PreservedState]
        public struct DiskState
        {
            public ulong Position;
            public ulong Size;
        }

        [PreservedState]
        public struct DiskStateV1
        {
            public ulong Size;
            public ulong Position;
        }
        """,
        """

            [RetrievesFrom("disk-v1")]
            static DiskState Upgrade(in DiskStateV1 old) => new()
            {
                Position = old.Position,
                Size = old.Size,
            };
        """,
        """
        disk-v2 field 0000 8 u64 Position
        disk-v2 field 0008 8 u64 Size
        disk-v2 handler memory 16
        disk-v2 retrieves disk-v1

        """);

    [Fact]
    public Task What_changed_inside_is_kept_as_it_was() => VerifyAsync(
        """
        [PreservedState]
        public struct DiskState
        {
            public Kind {|LUO3103:Kind|};
            public uint Flags;
            public Name Name;
            public KhoVmalloc<Entry> Entries;
        }

        public enum Kind : uint { Raw, None }
        public struct Name { public uint Length, Hash; }
        public record struct Entry(ulong Word, ulong Index);
        """,
        """
        disk-v1 field 0000 4 u32 Kind
        disk-v1 field 0004 4 u32 Flags
        disk-v1 field 0008 8 struct Name
        disk-v1 field 0008.0000 4 u32 Name.Length
        disk-v1 field 0008.0004 4 u32 Name.Hash
        disk-v1 field 0016 16 vmalloc Entries
        disk-v1 field 0016[] 8 struct Entries[]
        disk-v1 field 0016[].0000 4 u32 Entries[].Word
        disk-v1 field 0016[].0004 4 array Entries[].Bytes
        disk-v1 field 0016[].0004[] 1 u8 Entries[].Bytes[]
        disk-v1 handler memory 32
        disk-v1 value 0000 0 Kind.None
        disk-v1 value 0000 1 Kind.Raw
        disk-v1 semantics 2

        """,
        """
        [PreservedState]
        public struct DiskState
        {
            public Kind Kind;
            public uint Flags;
            public Name Name;
            public KhoVmalloc<Entry> Entries;
        }

        [PreservedState(Semantics = 2)]
        public struct DiskStateV1
        {
            public DiskStateV1Kind Kind;
            public uint Flags;
            public Name Name;
            public KhoVmalloc<DiskStateV1Entries> Entries;
        }

        public struct DiskStateV1Entries
        {
            public uint Word;
            public DiskStateV1EntriesBytes Bytes;
        }

        [InlineArray(4)]
        public struct DiskStateV1EntriesBytes
        {
            private byte _element;
        }

        public enum DiskStateV1Kind : uint
        {
            None = 0,
            Raw = 1,
        }

        public enum Kind : uint { Raw, None }
        public struct Name { public uint Length, Hash; }
        public record struct Entry(ulong Word, ulong Index);
        """,
        """

            [RetrievesFrom("disk-v1")]
            static DiskState Upgrade(in DiskStateV1 old) => new()
            {
                Flags = old.Flags,
                Name = old.Name,
            };
        """,
        """
        disk-v2 field 0000 4 u32 Kind
        disk-v2 field 0004 4 u32 Flags
        disk-v2 field 0008 8 struct Name
        disk-v2 field 0008.0000 4 u32 Name.Length
        disk-v2 field 0008.0004 4 u32 Name.Hash
        disk-v2 field 0016 16 vmalloc Entries
        disk-v2 field 0016[] 16 struct Entries[]
        disk-v2 field 0016[].0000 8 u64 Entries[].Word
        disk-v2 field 0016[].0008 8 u64 Entries[].Index
        disk-v2 handler memory 32
        disk-v2 retrieves disk-v1
        disk-v2 value 0000 0 Kind.Raw
        disk-v2 value 0000 1 Kind.None

        """,
        "using System.Runtime.CompilerServices;\n");

    [Fact]
    public Task A_layout_that_C_sharp_would_not_choose_is_written_out() => VerifyAsync(
        """
        [PreservedState]
        public struct DiskState
        {
            public ulong Size;
            public ulong {|LUO3103:Position|};
        }
        """,
        """
        disk-v1 field 0000 8 u64 Size
        disk-v1 field 0008 4 u32 Reserved
        disk-v1 field 0012 8 u64 Position
        disk-v1 handler memory 20

        """,
        """
        [PreservedState]
        public struct DiskState
        {
            public ulong Size;
            public ulong Position;
        }

        [PreservedState]
        [StructLayout(LayoutKind.Explicit, Pack = 1, Size = 20)]
        public struct DiskStateV1
        {
            [FieldOffset(0)]
            public ulong Size;
            [FieldOffset(8)]
            public uint Reserved;
            [FieldOffset(12)]
            public ulong Position;
        }
        """,
        """

            [RetrievesFrom("disk-v1")]
            static DiskState Upgrade(in DiskStateV1 old) => new()
            {
                Size = old.Size,
                Position = old.Position,
            };
        """,
        """
        disk-v2 field 0000 8 u64 Size
        disk-v2 field 0008 8 u64 Position
        disk-v2 handler memory 16
        disk-v2 retrieves disk-v1

        """,
        "using System.Runtime.InteropServices;\n");

    [Fact]
    public Task The_fields_of_a_record_are_set_as_well() => VerifyAsync(
        """
        [PreservedState]
        public readonly record struct DiskState(ulong {|LUO3103:Position|}, ulong Size);
        """,
        Disk,
        """
        [PreservedState]
        public readonly record struct DiskState(ulong Position, ulong Size);

        [PreservedState]
        public struct DiskStateV1
        {
            public ulong Size;
            public ulong Position;
        }
        """,
        """

            [RetrievesFrom("disk-v1")]
            static DiskState Upgrade(in DiskStateV1 old) => new()
            {
                Position = old.Position,
                Size = old.Size,
            };
        """,
        """
        disk-v2 field 0000 8 u64 Position
        disk-v2 field 0008 8 u64 Size
        disk-v2 handler memory 16
        disk-v2 retrieves disk-v1

        """);

    [Fact]
    public Task A_state_that_can_only_be_made_at_once_is_left_to_the_author() => VerifyAsync(
        """
        [PreservedState]
        public readonly struct DiskState(ulong position, ulong size)
        {
            public readonly ulong {|LUO3103:Position|} = position;
            public readonly ulong Size = size;
        }
        """,
        Disk,
        """
        [PreservedState]
        public readonly struct DiskState(ulong position, ulong size)
        {
            public readonly ulong Position = position;
            public readonly ulong Size = size;
        }

        [PreservedState]
        public struct DiskStateV1
        {
            public ulong Size;
            public ulong Position;
        }
        """,
        """

            [RetrievesFrom("disk-v1")]
            static DiskState Upgrade(in DiskStateV1 old) => throw new ErrnoException(Errno.EOPNOTSUPP, "The upgrade from disk-v1 is not written yet.");
        """,
        """
        disk-v2 field 0000 8 u64 Position
        disk-v2 field 0008 8 u64 Size
        disk-v2 handler memory 16
        disk-v2 retrieves disk-v1

        """);

    [Fact]
    public Task No_fix_where_the_string_is_no_literal()
    {
        string code = Source("Names.Disk", "[PreservedState] public struct DiskState { public ulong {|LUO3103:Position|}, Size; }", string.Empty)
            + "static class Names { public const string Disk = \"disk-v1\"; }";
        return AbiFixTest<BumpCodeFixProvider>.From(code, Disk, "").RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync(string state, string shipped, string fixedState, string upgrade, string unshipped, string imports = "") =>
        AbiFixTest<BumpCodeFixProvider>.From(Source("\"disk-v1\"", state, string.Empty), shipped, "")
            .ToAsync(imports + Source("\"disk-v2\"", fixedState, upgrade + "\n"), shipped, unshipped);

    private static string Source(string compatible, string state, string upgrade) => $$"""
        {{HandlerSource.Usings}}
        public sealed class Disk : LuoFile { }

        [LiveUpdateFileHandler({{compatible}})]
        public sealed partial class DiskHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out DiskState state) => state = default;
            void Unpreserve(Disk file, in DiskState state) { }
            Disk Retrieve(in DiskState state) => new Disk();
            void Finish(Disk? file) { }
        {{upgrade}}}

        {{state}}

        """;
}
