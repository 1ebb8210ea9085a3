using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Sources with a handler that preserves memory and is right, in which a test replaces a part; all rules look at them.</summary>
internal static class FlowSource
{
    public const string CanPreserve = "bool CanPreserve(Disk file) => true;";

    public const string Preserve = """
        void Preserve(Disk file, out DiskState state, IKho kho) => state = new DiskState { Size = kho.AllocatePreserved(4096).Address.Value };
        """;

    public const string Unpreserve = "void Unpreserve(in DiskState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Size)));";

    public const string Retrieve = """
        Disk Retrieve(in DiskState state, IKho kho)
            {
                kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
                return new Disk();
            }
        """;

    public const string Finish = """
        void Finish(in DiskState state, RetrieveStatus status, IKho kho)
            {
                if (status.IsNotTried)
                    kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
            }
        """;

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Text;
        using System.Threading;
        using LuoHandlers;
        using LuoHandlers.Emulation;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Memory;
        using LuoHandlers.Orchestrator;
        using LuoHandlers.Uapi;
        using LuoHandlers.Vfs;

        """;

    private const string Types = """

        public enum DiskKind { None, Fast }
        public sealed class Disk : LuoFile
        {
            public ulong Size { get; set; }
            public ulong Position { get; set; }
            public ulong Serial { get; init; }
            public int Segment { get; set; }
            public DiskKind Kind { get; set; }
            public uint OpenFlags { get; set; }
            public string Name { get; set; } = "";
            public List<Folio> Folios { get; } = [];
            private int _bounded;
            public int Bounded { get => _bounded; set => _bounded = value is >= 0 and < 256 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }
            public System.Net.IPEndPoint? Peer { get; set; }
            public void Lock() { }
            public void Flush() { }
            public bool TryLock() => true;
        }
        [PreservedState] public struct DiskState { public ulong Size, Position; public uint Count, Kind; public int Number; public ushort Segment, Padding; public uint Flags; public Text Name; }
        [System.Runtime.CompilerServices.InlineArray(4)] public struct Text { private byte _element; }

        """;

    /// <summary>A handler that preserves memory.</summary>
    public static string With(
        string canPreserve = CanPreserve,
        string preserve = Preserve,
        string unpreserve = Unpreserve,
        string retrieve = Retrieve,
        string finish = Finish,
        string other = "",
        string nullable = "enable") => Code($$"""
        [LiveUpdateFileHandler("disk-v1")]
        public sealed partial class DiskHandler
        {
            {{canPreserve}}
            {{preserve}}
            {{unpreserve}}
            {{retrieve}}
            {{finish}}
            {{other}}
        }
        """, nullable);

    /// <summary>A handler whose state is all that there is.</summary>
    public static string Plain(
        string canPreserve = CanPreserve,
        string preserve = "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };",
        string unpreserve = "void Unpreserve() { }",
        string retrieve = "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };",
        string finish = "void Finish() { }",
        string other = "",
        string nullable = "enable") => With(canPreserve, preserve, unpreserve, retrieve, finish, other, nullable);

    /// <summary>Any code, after the types that these handlers have.</summary>
    public static string Code(string code, string nullable = "enable") => $"#nullable {nullable}\n{Usings}{Types}\n{code}\n";

    /// <summary>Checks that all rules together find exactly what is marked. The state has fields for every test, and most tests use few of them.</summary>
    public static Task VerifyAsync(string source, params DiagnosticResult[] expected)
    {
        var test = new AllRulesTest { TestCode = source, DisabledDiagnostics = { RuleIds.FieldNeverWritten, RuleIds.FieldNeverRead } };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
