using FsCheck;
using FsCheck.Fluent;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>
/// A handler made of parts drawn at random: half of them of parts that go together, the others with up to three parts of any kind among them;
/// and an FLB that it may use, made like it. Apart from what our rules are about, it compiles.
/// </summary>
internal sealed record RandomHandler(string Attribute, string Links, string Declaration, string Around, bool IsNullable, bool IsReversed, string[] Members, RandomFlb Flb)
{
    private static readonly (string? Code, HandedOver Fits)[] Attributes =
    [
        ("\"disk-v1\"", HandedOver.Anything), ("\"äöü-v1\"", HandedOver.Anything), ("\"a \\\"quoted\\\" \\\\ string\\n-v1\"", HandedOver.Anything),
        ("Names.Disk", HandedOver.Anything), ("\"{0} {{-v1\"", HandedOver.Anything),
        ("\"\"", HandedOver.Never), ("null!", HandedOver.Never), ("\"12345678901234567890123456789012345678901234567890\"", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Declarations =
    [
        ("public sealed partial class DiskHandler", HandedOver.Anything), ("partial class DiskHandler", HandedOver.Anything),
        ("internal partial record DiskHandler", HandedOver.Anything), ("public partial class DiskHandler(int number)", HandedOver.Anything),
        ("public partial class @class", HandedOver.Anything), ("public partial class Compatible", HandedOver.Anything),
        ("public partial class Callbacks", HandedOver.Anything), ("public partial class Größe", HandedOver.Anything),
        ("class DiskHandler", HandedOver.Never), ("abstract partial class DiskHandler", HandedOver.Never), ("partial class DiskHandler<T>", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Arounds =
    [
        ("@ ", HandedOver.Anything), ("namespace Disks { @ }", HandedOver.Anything), ("namespace @event.LuoHandlers { @ }", HandedOver.Anything),
        ("public partial class Outer { @ }", HandedOver.Anything), ("public partial struct @int { @ }", HandedOver.Anything),
        ("internal partial interface IOuter { @ }", HandedOver.Anything),
        ("public partial record struct Outer(int Number) { public partial class Inner { @ } }", HandedOver.Anything),
        ("public class Outer { @ }", HandedOver.Never), ("public partial class Outer<T> { @ }", HandedOver.Never),
        ("file partial class Outer { @ }", HandedOver.Never),
    ];

    // For each callback what it may look like; null: there is none.
    private static readonly (string? Code, HandedOver Fits)[][] Callbacks =
    [
        [
            ("bool CanPreserve(Disk file) => true;", HandedOver.Anything), ("public bool CanPreserve(Disk @class) => true;", HandedOver.Anything),
            ("static bool CanPreserve(Disk file) => true;", HandedOver.Anything), ("private bool CanPreserve() => true;", HandedOver.Anything),
            (null, HandedOver.Never), ("int CanPreserve(Disk file) => 1;", HandedOver.Never), ("bool CanPreserve(IKho kho) => true;", HandedOver.Never),
        ],
        [
            ("void Preserve(Disk file, out DiskState state, IKho kho) => state = default;", HandedOver.State),
            ("Errno Preserve(out DiskState @event, Disk file) { @event = default; return Errno.None; }", HandedOver.State),
            ("static Errno Preserve(out DiskState state, out Pins pins) { state = default; pins = new(); return Errno.None; }", HandedOver.StateAndPrivateData),
            ("public void Preserve(IKho kho, out Pins args, Disk file, out DiskState memory) { memory = default; args = new(); }", HandedOver.StateAndPrivateData),
            ("void Preserve(Disk file, out Small state) => state = default;", HandedOver.SmallState),
            ("Errno Preserve(Disk file, out Small state, IKho kho) { state = default; return Errno.EBUSY; }", HandedOver.SmallState),
            ("void Preserve(Disk file, out ulong serializedData) => serializedData = 1;", HandedOver.Handle),
            ("Errno Preserve(IKho kho, out ulong serializedData) { serializedData = 1; return Errno.None; }", HandedOver.Handle),
            ("void Preserve() { }", HandedOver.Nothing), ("Errno Preserve(Disk file) => Errno.None;", HandedOver.Nothing),
            (null, HandedOver.Never), ("void Preserve(Disk file, in DiskState state) { }", HandedOver.Never),
            ("void Preserve(Disk file, ref ulong serializedData) { }", HandedOver.Never), ("bool Preserve() => true;", HandedOver.Never),
        ],
        [
            ("void Unpreserve(Disk file, in DiskState state) { }", HandedOver.EitherState), ("void Unpreserve(DiskState state) { }", HandedOver.EitherState),
            ("void Unpreserve(ref readonly DiskState state, Pins pins) { }", HandedOver.StateAndPrivateData),
            ("void Unpreserve(Pins? pins, IKho kho) { }", HandedOver.StateAndPrivateData), ("void Unpreserve(in Small state) { }", HandedOver.SmallState),
            ("void Unpreserve(ulong serializedData) { }", HandedOver.Handle), ("void Unpreserve(Disk file, in ulong serializedData) { }", HandedOver.Handle),
            ("void Unpreserve() { }", HandedOver.Anything), ("static void Unpreserve(IKho kho) { }", HandedOver.Anything),
            (null, HandedOver.Never), ("void Unpreserve(System.Threading.CancellationToken token) { }", HandedOver.Never),
            ("Errno Unpreserve() => Errno.None;", HandedOver.Never), ("void Unpreserve(Tape file) { }", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("void Freeze(Disk file, ref DiskState state) => state.Position = 1;", HandedOver.EitherState),
            ("Errno Freeze(in DiskState state) => Errno.EBUSY;", HandedOver.EitherState), ("void Freeze(Pins pins) { }", HandedOver.StateAndPrivateData),
            ("void Freeze(ref Small state) => state.Number++;", HandedOver.SmallState), ("Errno Freeze(ref Small state) => Errno.None;", HandedOver.SmallState),
            ("void Freeze(ref ulong serializedData) => serializedData++;", HandedOver.Handle), ("Errno Freeze(in ulong serializedData) => Errno.None;", HandedOver.Handle),
            ("void Freeze(Disk file, IKho kho) { }", HandedOver.Anything), ("void Freeze(DiskState state) { }", HandedOver.Never), ("void Freeze(int number) { }", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("void Unfreeze() { }", HandedOver.Anything), ("void Unfreeze(Disk file, in DiskState state, IKho kho) { }", HandedOver.EitherState),
            ("void Unfreeze(Small state) { }", HandedOver.SmallState), ("void Unfreeze(ulong serializedData) { }", HandedOver.Handle),
            ("void Unfreeze(Pins pins) { }", HandedOver.StateAndPrivateData), ("bool Unfreeze() => true;", HandedOver.Never),
        ],
        [
            ("Disk Retrieve(in DiskState state, IKho kho) => new();", HandedOver.EitherState), ("public Disk? Retrieve(DiskState state) => null;", HandedOver.EitherState),
            ("Errno Retrieve(ref readonly DiskState state, out Disk file) { file = new(); return Errno.None; }", HandedOver.EitherState),
            ("Errno Retrieve(out Disk? file, Small state) { file = null; return Errno.EIO; }", HandedOver.SmallState),
            ("Disk Retrieve(Small state) => new();", HandedOver.SmallState), ("Disk Retrieve(ulong serializedData) => new();", HandedOver.Handle),
            ("Disk Retrieve() => new();", HandedOver.Anything), ("Errno Retrieve(IKho kho, out Disk file) { file = new(); return Errno.None; }", HandedOver.Anything),
            (null, HandedOver.Never), ("Errno Retrieve() => Errno.None;", HandedOver.Never), ("Tape Retrieve() => new();", HandedOver.Never),
            ("Disk Retrieve(out Disk file) => file = new();", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("bool CanFinish(RetrieveStatus status) => status.IsRetrieved;", HandedOver.Anything),
            ("bool CanFinish(Disk? file, in DiskState state, RetrieveStatus status) => true;", HandedOver.EitherState),
            ("bool CanFinish(in Small state) => true;", HandedOver.SmallState), ("static bool CanFinish(ulong serializedData, IKho kho) => true;", HandedOver.Handle),
            ("void CanFinish() { }", HandedOver.Never), ("bool CanFinish(Pins pins) => true;", HandedOver.Never),
        ],
        [
            ("void Finish(Disk? file, in DiskState state, RetrieveStatus status, IKho kho) { }", HandedOver.EitherState), ("void Finish(DiskState state) { }", HandedOver.EitherState),
            ("void Finish(Small state) { }", HandedOver.SmallState), ("void Finish(ulong serializedData) { }", HandedOver.Handle),
            ("void Finish(RetrieveStatus status) { }", HandedOver.Anything), ("void Finish() { }", HandedOver.Anything), ("static void Finish(Disk? file) { }", HandedOver.Anything),
            (null, HandedOver.Never), ("void Finish(Disk file) { }", HandedOver.Never), ("void Finish(Pins pins) { }", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("ulong GetId(Disk file) => file.Size;", HandedOver.Anything), ("static ulong GetId() => 0;", HandedOver.Anything),
            ("long GetId(Disk file) => 0;", HandedOver.Never), ("ulong GetId(Disk? file, Disk? other) => 0;", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("public int Number { get; set; }", HandedOver.Anything), ("void Freez(int number) { }", HandedOver.Anything),
            ("public Disk? Kernel, memory, args;", HandedOver.Anything), ("enum Errno2 { None }", HandedOver.Anything),
            ("void Finish<T>(T one, T two, T three) { }", HandedOver.Never),
        ],
    ];

    private static readonly (string? Code, HandedOver Fits)[] Upgrades =
    [
        (null, HandedOver.Anything), ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old) => default;", HandedOver.EitherState),
        ("[RetrievesFrom(\"disk-v0\")] Errno Upgrade(DiskStateV1 @class, IKho args, out DiskState kho) { kho = default; return Errno.None; }", HandedOver.EitherState),
        ("[RetrievesFrom(\"a\")] DiskState Upgrade(DiskStateV1 old) => default; [RetrievesFrom(\"b\")] static DiskState Upgrade(in Small old) => default; void Upgrade(object old) { }", HandedOver.EitherState),
        ("[RetrievesFrom(\"disk-v0\")] private static DiskState old(ref readonly Inner old) => default; [PreservedState] private struct Inner { public byte One; }", HandedOver.EitherState),
        ("[RetrievesFrom(\"disk-v0\")] DiskState GetId2(in DiskState old) => old;", HandedOver.EitherState),
        ("[RetrievesFrom(\"disk-v0\")] static Small Upgrade(Small old) => old;", HandedOver.SmallState),
        ("[RetrievesFrom(\"disk-v0\")] Errno Upgrade(out Small state, in DiskState old, IKho kho) { state = default; return Errno.EIO; }", HandedOver.SmallState),
        ("[RetrievesFrom(\"disk-v1\")] static DiskState Upgrade(in DiskStateV1 old) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"\")] static DiskState Upgrade(in DiskStateV1 old) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade() => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] void Upgrade(in DiskStateV1 old) { }", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade<T>(in DiskStateV1 old) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, Disk file) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, in Small other) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static Errno Upgrade(in DiskStateV1 old) => default;", HandedOver.Never),
        ("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Text old) => default; [PreservedState] public struct Text { public string Name; }", HandedOver.Never),
        ("[RetrievesFrom(\"a\")] DiskState A(DiskStateV1 old) => default; [RetrievesFrom(\"a\")] static DiskState B(in Small old) => default;", HandedOver.Never),
        ("int Other { [RetrievesFrom(\"disk-v0\")] get => 1; }", HandedOver.Never),
    ];

    // What the files need besides, and the parameters by which callbacks get it.
    private static readonly (string Attributes, string[] Parameters)[] RightLinks =
    [
        ("", []), ("", []), (", UsesFlb<BusFlb>", []),
        (", UsesFlb<BusFlb>", ["Preserve(Bus bus", "Unpreserve(Bus bus", "Freeze(Bus bus", "Unfreeze(Bus bus", "Retrieve(Bus bus"]),
        (", UsesFlb<LaneFlb>", ["Preserve(Lane lane", "Unpreserve(Lane? lane", "Freeze(Lane lane", "Unfreeze(Lane lane", "Retrieve(Lane lane"]),
        (", UsesFlb<LaneFlb>, UsesFlb<BusFlb>", ["Preserve(Bus bus, Lane lane", "Unpreserve(Lane lane, Bus bus", "Retrieve(Lane lane"]),
        (", DependsOn<Tape>", ["Preserve(OutgoingDependency<Tape> tapes", "Retrieve(IncomingDependency<Tape> @checked"]),
        (", DependsOn<Disk>, DependsOn<LuoFile>", ["Preserve(OutgoingDependency<LuoFile> any, OutgoingDependency<Disk> disks", "Retrieve(IncomingDependency<LuoFile> any"]),
        (", DependsOn<Tape>, UsesFlb<LaneFlb>", ["Preserve(OutgoingDependency<Tape> tapes, Lane lane", "Unpreserve(Lane lane", "Retrieve(IncomingDependency<Tape> tapes, Lane lane"]),
    ];

    private static readonly (string Attributes, string[] Parameters)[] WrongLinks =
    [
        (", UsesFlb<BusFlb>", ["Preserve(IBus @base", "Retrieve(Bus[] @base", "Freeze(object @base", "Unfreeze(string @base"]),
        (", UsesFlb<LaneFlb>, UsesFlb<LaneFlb>", []), (", UsesFlb<Disk>", []), (", UsesFlb<string>", []), (", UsesFlb<System.Collections.Generic.List<int>>", []),
        (", UsesFlb<LaneFlb>, UsesFlb<OtherLaneFlb>", ["Preserve(Lane lane", "Retrieve(Lane lane"]),
        (", UsesFlb<LaneFlb>", ["Preserve(Lane lane, Lane other", "CanPreserve(Lane lane", "CanFinish(Lane lane", "Finish(Lane lane", "GetId(Lane lane"]),
        ("", ["Unpreserve(Lane lane", "Freeze(Lane lane"]), ("", ["Preserve(OutgoingDependency<Tape> tapes", "Retrieve(IncomingDependency<Tape> tapes"]),
        (", DependsOn<Tape>", []), (", DependsOn<Pins>", []), (", DependsOn<Tape>, DependsOn<Tape>", ["Preserve(OutgoingDependency<Tape> tapes"]),
        (", DependsOn<Tape>", ["Preserve(OutgoingDependency<Tape> tapes", "Retrieve(OutgoingDependency<Tape> tapes", "Freeze(IncomingDependency<Tape> tapes"]),
    ];

    public static Arbitrary<RandomHandler> Arbitrary { get; } = Create().ToArbitrary();

    public override string ToString() => $$"""
        #nullable {{(IsNullable ? "enable" : "disable warnings")}}
        {{HandlerSource.Usings}}
        {{HandlerSource.Types}}
        [PreservedState] public struct Small { public uint Number; }
        [PreservedState] public struct DiskStateV1 { public uint Length; }
        static class Names { public const string Disk = "disk-v1"; }
        public interface IBus { }
        public sealed class Bus : IBus { }
        public sealed class Lane { }
        [LiveUpdateFlb("lane-v1")] public partial class LaneFlb { Lane Preserve() => new(); void Unpreserve() { } Lane Retrieve() => new(); void Finish() { } }
        [LiveUpdateFlb("other-v1")] public partial class OtherLaneFlb { Lane Preserve() => new(); void Unpreserve() { } Lane Retrieve() => new(); void Finish() { } }
        {{Flb}}
        {{Around.Replace(
            "@ ",
            $$"""
            [LiveUpdateFileHandler({{Attribute}}){{Links}}]
            {{Declaration}}
            {
                {{string.Join("\n    ", IsReversed ? Members.Reverse() : Members)}}
            }

            """,
            StringComparison.Ordinal)}}

        """;

    private static Gen<RandomHandler> Create() =>
        from parts in RandomParts.Draw(
            [Attributes, Declarations, Arounds, Upgrades, .. Callbacks],
            [HandedOver.Nothing, HandedOver.State, HandedOver.SmallState, HandedOver.Handle, HandedOver.StateAndPrivateData])
        from isNullable in Gen.Elements(true, true, false)
        from isReversed in Gen.Elements(true, false)
        from links in Gen.OneOf(Gen.Elements(RightLinks), Gen.Elements(RightLinks), Gen.Elements(RightLinks), Gen.Elements(WrongLinks))
        from isLinked in Gen.CollectToArray(links.Parameters, parameter => Gen.Elements(true, parameter.StartsWith("Preserve(Out", StringComparison.Ordinal)))
        from flb in Gen.OneOf(RandomFlb.Right, RandomFlb.Right, RandomFlb.Any)
        let parameters = links.Parameters.Where((_, index) => isLinked[index]).ToArray()
        select new RandomHandler(
            parts[0]!,
            links.Attributes,
            parts[1]!,
            parts[2]!,
            isNullable,
            isReversed,
            [.. parts.Skip(3).OfType<string>().Select(member => parameters.Aggregate(member, Insert))],
            flb);

    // "Preserve(Bus bus" into "void Preserve(Disk file)": "void Preserve(Bus bus, Disk file)".
    private static string Insert(string member, string parameter)
    {
        string name = parameter[..(parameter.IndexOf('(', StringComparison.Ordinal) + 1)];
        int start = member.IndexOf(' ' + name, StringComparison.Ordinal);
        if (start < 0)
            return member;
        int end = start + 1 + name.Length;
        return $"{member[..start]} {parameter}{(member[end] == ')' ? "" : ", ")}{member[end..]}";
    }
}
