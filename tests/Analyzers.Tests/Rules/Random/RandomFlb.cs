using FsCheck;
using FsCheck.Fluent;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>An FLB made of parts drawn at random, as a <see cref="RandomHandler"/> is. A handler may use it.</summary>
/// <param name="ObjectType">What the FLB shares; @ in the other parts.</param>
/// <param name="Attribute">The compatible string.</param>
/// <param name="Declaration">How the class is declared.</param>
/// <param name="Members">What is in it.</param>
internal sealed record RandomFlb(string ObjectType, string Attribute, string Declaration, string[] Members)
{
    private static readonly (string? Code, HandedOver Fits)[] ObjectTypes =
    [
        ("Bus", HandedOver.Anything), ("Bus", HandedOver.Anything), ("Bus", HandedOver.Anything), ("Bus?", HandedOver.Anything), ("IBus", HandedOver.Never), ("Bus[]", HandedOver.Never), ("string", HandedOver.Anything),
        ("object", HandedOver.Anything), ("System.Action<Bus?>", HandedOver.Never), ("System.Collections.Generic.List<(Bus? One, int Other)>", HandedOver.Anything),
        ("Pins", HandedOver.Never), ("Tape", HandedOver.Never), ("IKho", HandedOver.Never), ("dynamic", HandedOver.Never),
        ("System.Collections.Generic.List<dynamic>", HandedOver.Never), ("int", HandedOver.Never), ("DiskState", HandedOver.Never), ("int?", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Attributes =
        [("\"bus-v1\"", HandedOver.Anything), ("\"bus\"", HandedOver.Anything), ("Names.Disk", HandedOver.Anything), ("\"\"", HandedOver.Never), ("null!", HandedOver.Never)];

    private static readonly (string? Code, HandedOver Fits)[] Declarations =
    [
        ("public sealed partial class BusFlb", HandedOver.Anything), ("partial class BusFlb", HandedOver.Anything), ("internal partial record BusFlb", HandedOver.Anything),
        ("[System.Obsolete] public partial class BusFlb", HandedOver.Anything),
        ("class BusFlb", HandedOver.Never), ("abstract partial class BusFlb", HandedOver.Never), ("public partial class BusFlb(int number)", HandedOver.Never),
        ("public partial class BusFlb(int number = 0)", HandedOver.Never), ("file partial class BusFlb", HandedOver.Never),
    ];

    // What it may look like; null: there is none.
    private static readonly (string? Code, HandedOver Fits)[][] Callbacks =
    [
        [
            ("@ Preserve(out DiskState state, IKho kho) { state = default; return default!; }", HandedOver.EitherState),
            ("public static @ Preserve(out Small @event) { @event = default; return default!; }", HandedOver.SmallState),
            ("@ Preserve(IKho kho, out ulong serializedData) { serializedData = 0; return default!; }", HandedOver.Handle),
            ("@ Preserve() => default!;", HandedOver.Nothing), ("private @ Preserve(IKho kho) => throw new ErrnoException(Errno.EBUSY);", HandedOver.Nothing),
            (null, HandedOver.Never), ("void Preserve() { }", HandedOver.Never), ("Errno Preserve() => Errno.None;", HandedOver.Never),
            ("ref readonly @ Preserve() => throw null!;", HandedOver.Never), ("Lane Preserve() => default!;", HandedOver.Never),
            ("async System.Threading.Tasks.Task<Bus> Preserve() { await System.Threading.Tasks.Task.Yield(); return null!; }", HandedOver.Never),
        ],
        [
            ("void Unpreserve(@ bus, in DiskState state) { }", HandedOver.EitherState), ("void Unpreserve(Small state, IKho kho) { }", HandedOver.SmallState),
            ("void Unpreserve(ulong serializedData, @ @class) { }", HandedOver.Handle), ("static void Unpreserve() { }", HandedOver.Anything),
            ("void Unpreserve(@ bus) { }", HandedOver.Anything),
            (null, HandedOver.Never), ("void Unpreserve(@ bus, @ other) { }", HandedOver.Never), ("void Unpreserve(Disk file, Lane lane) { }", HandedOver.Never),
        ],
        [
            ("@ Retrieve(in DiskState state) => default!;", HandedOver.EitherState), ("static @ Retrieve(ref readonly Small args) => default!;", HandedOver.SmallState),
            ("@ Retrieve(in ulong serializedData, IKho kho) => default!;", HandedOver.Handle), ("@ Retrieve() => default!;", HandedOver.Anything),
            ("private protected @ Retrieve(IKho kho) => default!;", HandedOver.Anything),
            (null, HandedOver.Never), ("object? Retrieve() => null;", HandedOver.Never), ("@ Retrieve(@ bus) => bus;", HandedOver.Never),
            ("@ Retrieve(out @ bus) => bus = default!;", HandedOver.Never),
        ],
        [
            ("void Finish(@ bus, in DiskState state) { }", HandedOver.EitherState), ("public void Finish(Small memory) { }", HandedOver.SmallState),
            ("void Finish(ulong serializedData, IKho kho) { }", HandedOver.Handle), ("void Finish() { }", HandedOver.Anything), ("static void Finish(@ bus) { }", HandedOver.Anything),
            (null, HandedOver.Never), ("void Finish(RetrieveStatus status) { }", HandedOver.Never), ("bool Finish() => true;", HandedOver.Never), ("void Finish(in @ bus) { }", HandedOver.Never),
        ],
        [
            (null, HandedOver.Anything), ("public int Compatible, Kho, args;", HandedOver.Anything), ("class ILiveUpdateFlb { }", HandedOver.Anything), ("void Freeze(int number) { }", HandedOver.Anything),
            ("[RetrievesFrom(\"bus-v0\")] DiskState Upgrade(in DiskStateV1 old) => default;", HandedOver.Never), ("private int Kernel => 1; private class Disk { }", HandedOver.Anything),
            ("public required int Number { get; set; }", HandedOver.Never), ("void Finish(int number) { }", HandedOver.Never),
        ],
    ];

    private static readonly (string? Code, HandedOver Fits)[][] Slots = [ObjectTypes, Attributes, Declarations, .. Callbacks];

    private static readonly HandedOver[] AllHandedOver = [HandedOver.Nothing, HandedOver.State, HandedOver.SmallState, HandedOver.Handle];

    /// <summary>FLBs of parts that go together.</summary>
    public static Gen<RandomFlb> Right { get; } = RandomParts.DrawFitting(Slots, AllHandedOver).Select(Create);

    /// <summary>FLBs of which some have parts of any kind.</summary>
    public static Gen<RandomFlb> Any { get; } = RandomParts.Draw(Slots, AllHandedOver).Select(Create);

    public override string ToString() => $$"""
        [LiveUpdateFlb({{Attribute}})]
        {{Declaration}}
        {
            {{string.Join("\n    ", Members).Replace("@ ", ObjectType + " ", StringComparison.Ordinal)}}
        }

        """;

    private static RandomFlb Create(string?[] parts) => new(parts[0]!, parts[1]!, parts[2]!, [.. parts.Skip(3).OfType<string>()]);
}
