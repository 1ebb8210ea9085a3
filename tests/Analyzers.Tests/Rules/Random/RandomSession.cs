using FsCheck;
using FsCheck.Fluent;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>A typed session made of parts drawn at random, as a <see cref="RandomHandler"/> is.</summary>
internal sealed record RandomSession(string Declaration, string Around, bool IsNullable, string[] Members)
{
    private static readonly (string? Code, HandedOver Fits)[] Declarations =
    [
        ("public sealed partial class VmSession", HandedOver.Anything), ("partial class VmSession", HandedOver.Anything), ("internal partial record VmSession", HandedOver.Anything),
        ("public partial class @event", HandedOver.Anything), ("public partial class VmSession(int number = 0)", HandedOver.Anything),
        ("public partial class VmSession : Plain", HandedOver.Anything), ("public partial class VmSession : Closing", HandedOver.Anything),
        ("public partial class VmSession : System.IDisposable", HandedOver.Anything), ("[System.Obsolete] public partial class VmSession", HandedOver.Anything),
        ("class VmSession", HandedOver.Never), ("abstract partial class VmSession", HandedOver.Never), ("public partial class VmSession<T>", HandedOver.Never),
        ("public partial class VmSession(int number)", HandedOver.Never), ("public partial class VmSession : Base", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Arounds =
    [
        ("@ ", HandedOver.Anything), ("namespace Disks { @ }", HandedOver.Anything), ("namespace @event.LuoHandlers { @ }", HandedOver.Anything),
        ("public partial class Outer { @ }", HandedOver.Anything), ("public partial struct @int { @ }", HandedOver.Anything), ("internal partial interface IOuter { @ }", HandedOver.Anything),
        ("public class Outer { @ }", HandedOver.Never), ("public partial class Outer<T> { @ }", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] First =
    [
        (null, HandedOver.Anything), ("[Token(1)] public partial Disk Boot { get; set; }", HandedOver.Anything), ("[Token(1)] public partial Disk? Boot { get; set; }", HandedOver.Anything),
        ("[Token(One)] internal partial LuoFile Boot { private get; init; }", HandedOver.Anything), ("[Token((ulong)Slot.One)] private partial Tape @class { get; set; }", HandedOver.Anything),
        ("[Token(1)] protected internal partial Disk Größe { get; private protected set; }", HandedOver.Anything), ("[Token(1)] private protected partial Disk Boot { get; set; }", HandedOver.Anything),
        ("[System.Obsolete, Token(1)] public partial Disk Boot { get; set; }", HandedOver.Anything),
        ("[Token(1)] public partial Of<Disk?> Boot { get; set; }", HandedOver.Anything), ("[Token(1)] public partial Of<(int A, string? B)[]> Boot { get; set; }", HandedOver.Anything),
        ("[Token(1)] private partial Inner Boot { get; set; } private sealed class Inner : LuoFile { }", HandedOver.Anything),
        ("[Token(1)] [System.Diagnostics.CodeAnalysis.AllowNull] public partial Disk Boot { get; set; }", HandedOver.Anything),
        ("[Token(1)] public Disk Boot { get; set; } = null!;", HandedOver.Never), ("[Token(1)] public static partial Disk Boot { get; set; }", HandedOver.Never),
        ("[Token(1)] public partial Disk Boot { get; }", HandedOver.Never), ("[Token(1)] public partial string Boot { get; set; }", HandedOver.Never),
        ("[Token(1)] public required partial Disk Boot { get; set; }", HandedOver.Never),
        ("[Token(1)] public partial Disk Boot { get; set; } public partial Disk Boot { get => null!; set { } }", HandedOver.Never),
        ("[Token(1)] public partial Disk this[int index] { get; set; }", HandedOver.Never), ("[Token(1)] public partial ref Disk Boot { get; }", HandedOver.Never),
        ("[Token(1)] public partial Of<dynamic> Boot { get; set; }", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Second =
    [
        (null, HandedOver.Anything), ("[Token(2)] public partial Tape Log { get; set; }", HandedOver.Anything), ("[Token(ulong.MaxValue)] public partial Tape? Log { get; set; }", HandedOver.Anything),
        ("[Token(One + 1)] public partial Tape device { get; set; }", HandedOver.Anything), ("[Token(0)] public partial Tape name { get; set; }", HandedOver.Anything),
        ("[Token(2)] public partial Tape Boot2 { get; set; }", HandedOver.Anything), ("[Token(2)] public partial Tape session { get; set; }", HandedOver.Anything),
        ("[Token(1)] public partial Tape Log { get; set; }", HandedOver.Never), ("[Token(One)] public partial Tape Log { get; set; }", HandedOver.Never),
        ("[Token(2)] public partial Tape Dispose { get; set; }", HandedOver.Never),
        ("[Token(2)] public partial Tape __token1 { get; set; }", HandedOver.Never),
    ];

    private static readonly (string? Code, HandedOver Fits)[] Others =
    [
        (null, HandedOver.Anything), ("public string Name { get; set; } = \"\";", HandedOver.Anything), ("private int LuoHandlers, System;", HandedOver.Anything),
        ("public class LiveUpdateSession { } public class TypedSession { }", HandedOver.Anything), ("public event System.Action? Finished { add { } remove { } }", HandedOver.Anything),
        ("public void Finish() { }", HandedOver.Never), ("public int Preserve => 1;", HandedOver.Never), ("public static void Retrieve(int number) { }", HandedOver.Never),
        ("private int __session = 1; public int Get() => __session;", HandedOver.Never), ("private int __token2 = 2, __token3 = 3; public int Get() => __token2 + __token3;", HandedOver.Never),
        ("void System.IDisposable.Dispose() { }", HandedOver.Never), ("private class Session { }", HandedOver.Never), ("public required int Number { get; set; }", HandedOver.Never),
        ("private class Retrieve { } private event System.Action? Other { add { } remove { } }", HandedOver.Never),
    ];

    public static Arbitrary<RandomSession> Arbitrary { get; } =
        (from parts in RandomParts.Draw([Declarations, Arounds, First, Second, Others], [HandedOver.Nothing])
         from isNullable in Gen.Elements(true, true, false)
         select new RandomSession(parts[0]!, parts[1]!, isNullable, [.. parts.Skip(2).OfType<string>()])).ToArbitrary();

    public override string ToString() => $$"""
        #nullable {{(IsNullable ? "enable" : "disable warnings")}}
        {{HandlerSource.Usings}}
        {{HandlerSource.Types}}
        public sealed class Of<T> : LuoFile { }
        public enum Slot : ulong { One = 1 }
        public class Plain { public int Number; }
        public class Closing : System.IDisposable { public void Dispose() { } public void Finish() { } public int Session; }
        [LiveUpdateSession] public partial class Base { }
        {{Around.Replace(
            "@ ",
            $$"""
            [LiveUpdateSession]
            {{Declaration}}
            {
                private const ulong One = 1;
                {{string.Join("\n    ", Members)}}
            }

            """,
            StringComparison.Ordinal)}}

        """;
}
