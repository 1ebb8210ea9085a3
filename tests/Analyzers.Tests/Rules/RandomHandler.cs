using FsCheck;
using FsCheck.Fluent;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>A handler made of parts, right and wrong ones, drawn at random. Apart from what our rules are about, it compiles.</summary>
internal sealed record RandomHandler(
    string Attribute, string Declaration, string Around, bool IsNullable, bool IsShuffled, string[] Members)
{
    private static readonly string[] Attributes =
    [
        "\"disk-v1\"", "\"disk-v1\"", "\"disk-v1\"", "\"disk-v1\"", "\"äöü-v1\"", "\"a \\\"quoted\\\" \\\\ string-v1\"", "Names.Disk", "\"\"", "null!",
        "\"12345678901234567890123456789012345678901234567890\"",
    ];

    private static readonly string[] Declarations =
    [
        "public sealed partial class DiskHandler", "public sealed partial class DiskHandler", "partial class DiskHandler", "partial class DiskHandler",
        "internal partial record DiskHandler", "public partial class DiskHandler(int number)", "public partial class @class", "class DiskHandler",
        "abstract partial class DiskHandler", "partial class DiskHandler<T>", "public partial class CanPreserve",
    ];

    private static readonly string[] Arounds =
    [
        "@", "@", "@", "namespace Disks { @ }", "namespace @event.LuoHandlers { @ }", "public partial class Outer { @ }", "public partial struct @int { @ }",
        "internal partial interface IOuter { @ }", "public class Outer { @ }", "public partial class Outer<T> { @ }", "file partial class Outer { @ }",
        "public partial record struct Outer(int Number) { public partial class Inner { @ } }",
    ];

    // What each callback may look like; null: it is missing. What is right comes several times, so that whole handlers are right often enough.
    private static readonly string?[][] Callbacks =
    [
        [
            "bool CanPreserve(Disk file) => true;", "public bool CanPreserve(Disk @class) => true;", "static bool CanPreserve(Disk file) => true;",
            "private bool CanPreserve() => true;", "bool CanPreserve(Disk file) => true;", null, "int CanPreserve(Disk file) => 1;",
        ],
        [
            "void Preserve(Disk file, out DiskState state, IKho kho) => state = default;", "Errno Preserve(out DiskState state, Disk file) { state = default; return Errno.None; }",
            "public void Preserve(Disk file, out DiskState @event, out Pins pins) { @event = default; pins = new(); }",
            "void Preserve(Disk file, out Small state) => state = default;", "void Preserve(Disk file, out ulong serializedData) => serializedData = 1;",
            "void Preserve() { }", null, "void Preserve(Disk file, in DiskState state) { }", "void Preserve(Disk file, out string text) => text = \"\";",
        ],
        [
            "void Unpreserve(Disk file, in DiskState state) { }", "void Unpreserve() { }", "static void Unpreserve(IKho kho) { }", "void Unpreserve(Disk file) { }",
            "void Unpreserve(DiskState state, Pins pins) { }", "void Unpreserve(in Small state) { }", "void Unpreserve(ulong serializedData) { }",
            "void Unpreserve(Disk file) { }", null, "void Unpreserve(System.Threading.CancellationToken token) { }", "Errno Unpreserve() => Errno.None;",
        ],
        [
            null, null, null, "void Freeze(Disk file, ref DiskState state) => state.Position = 1;", "Errno Freeze(in DiskState state) => Errno.EBUSY;",
            "void Freeze(ref Small state) { }", "void Freeze(ref ulong serializedData) => serializedData++;", "void Freeze(Pins pins) { }", "void Freeze(int number) { }",
        ],
        [null, null, "void Unfreeze(Disk file, in DiskState state, IKho kho) { }", "void Unfreeze() { }", "bool Unfreeze() => true;"],
        [
            "Disk Retrieve(in DiskState state, IKho kho) => new();", "Disk Retrieve(in DiskState state) => new();",
            "Errno Retrieve(ref readonly DiskState state, out Disk file) { file = new(); return Errno.None; }", "public Disk? Retrieve(DiskState state) => null;",
            "Disk Retrieve(Small state) => new();", "Disk Retrieve(ulong serializedData) => new();", "Disk Retrieve() => new();", null,
            "Errno Retrieve() => Errno.None;", "Tape Retrieve() => new();",
        ],
        [
            null, null, "bool CanFinish(Disk? file, in DiskState state, RetrieveStatus status) => true;", "bool CanFinish(RetrieveStatus status) => status.IsRetrieved;",
            "bool CanFinish(in Small state) => true;", "void CanFinish() { }",
        ],
        [
            "void Finish(Disk? file, in DiskState state, RetrieveStatus status, IKho kho) { }", "void Finish(RetrieveStatus status) { }", "void Finish() { }",
            "static void Finish(Disk? file) { }", "void Finish(ulong serializedData) { }", "void Finish(DiskState state) { }", "void Finish(Small state) { }",
            null, "void Finish(Disk file) { }", "void Finish(Pins pins) { }",
        ],
        [null, null, null, "ulong GetId(Disk file) => file.Size;", "static ulong GetId() => 0;", "long GetId(Disk file) => 0;"],
        // Neither of these is a callback.
        [null, null, null, "public int Number { get; set; }", "void Freez(int number) { }", "void Finish<T>(T one, T two, T three) { }", "public DiskHelper Helper => new();"],
    ];

    public static Arbitrary<RandomHandler> Arbitrary { get; } = Create().ToArbitrary();

    public override string ToString() => $$"""
        {{(IsNullable ? "#nullable enable" : "#nullable disable warnings")}}
        {{HandlerSource.Usings}}
        {{HandlerSource.Types}}
        [PreservedState] public struct Small { public uint Number; }
        public class DiskHelper { }
        static class Names { public const string Disk = "disk-v1"; }
        {{Around.Replace(
            "@ ",
            $$"""
            [LiveUpdateFileHandler({{Attribute}})]
            {{Declaration}}
            {
                {{string.Join("\n    ", IsShuffled ? Members.Reverse() : Members)}}
            }

            """,
            StringComparison.Ordinal)}}

        """;

    private static Gen<RandomHandler> Create() =>
        from attribute in Gen.Elements(Attributes)
        from declaration in Gen.Elements(Declarations)
        from around in Gen.Elements(Arounds)
        from isNullable in Gen.Elements(true, true, false)
        from isShuffled in Gen.Elements(true, false)
        from members in Gen.CollectToArray(Callbacks, parts => Gen.Elements(parts))
        select new RandomHandler(
            attribute, declaration, around == "@" ? "@ " : around, isNullable, isShuffled, [.. members.OfType<string>()]);
}
