using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.StateOperators;

// Ways to write a state and to read it that are no plain assignments.
public sealed class Dial : LuoFile
{
    public ulong A { get; init; }
    public ulong B { get; init; }
}

[PreservedState] public struct DialState { public ulong A, B; }

[LiveUpdateFileHandler("dial-span-v1")]
public sealed partial class SpanDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState state)
    {
        Unsafe.SkipInit(out state);
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<DialState>(ref state));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, file.A);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], file.B);
    }
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState state)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in state, 1));
        return new() { A = BinaryPrimitives.ReadUInt64LittleEndian(bytes), B = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) };
    }
    void Finish(Dial? file) { }
}

[PreservedState]
public struct DialState2
{
    public ulong A;
    public ulong B;
    public static implicit operator DialState2(Dial d) => new() { A = d.A, B = d.B };
    public static explicit operator Dial(in DialState2 s) => new() { A = s.A, B = s.B };
}

[LiveUpdateFileHandler("dial-operator-v1")]
public sealed partial class OperatorDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState2 state) => state = file;
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState2 state) => (Dial)state;
    void Finish(Dial? file) { }
}

[PreservedState] public struct DialState3 { public ulong A; public ulong B; }

internal static class DialExtensions
{
    public static void Load(this ref DialState3 state, Dial file) { state.A = file.A; state.B = file.B; }

    public static Dial ToDial(this in DialState3 state) => new() { A = state.A, B = state.B };
}

[LiveUpdateFileHandler("dial-extension-v1")]
public sealed partial class ExtensionDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState3 state) { state = default; state.Load(file); }
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState3 state) => state.ToDial();
    void Finish(Dial? file) { }
}

public interface ISnapshot<TFile, TSelf> where TSelf : struct, ISnapshot<TFile, TSelf>
{
    static abstract TSelf Of(TFile file);
    TFile Rebuild();
}

[PreservedState]
public struct DialState4 : ISnapshot<Dial, DialState4>
{
    private ulong _a;
    private ulong _b;
    public static DialState4 Of(Dial file) => new() { _a = file.A, _b = file.B };
    public readonly Dial Rebuild() => new() { A = _a, B = _b };
}

public abstract class SnapshotHandler<TFile, TState>
    where TFile : LuoFile
    where TState : unmanaged, ISnapshot<TFile, TState>
{
    protected virtual bool CanPreserve(TFile file) => true;
    protected void Preserve(TFile file, out TState state) => state = TState.Of(file);
    protected void Unpreserve(TFile file) { }
    protected TFile Retrieve(in TState state) => state.Rebuild();
    protected void Finish(TFile? file) { }
}

[LiveUpdateFileHandler("dial-static-abstract-v1")]
public sealed partial class StaticAbstractDialHandler : SnapshotHandler<Dial, DialState4>;

[PreservedState] public struct DialState5 { public ulong A, B; }

[LiveUpdateFileHandler("dial-deconstruct-v1")]
public sealed partial class DeconstructDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState5 state) => (state.A, state.B) = (file.A, file.B);
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState5 state)
    {
        ref readonly DialState5 s = ref state;
        return Make(s);
        static Dial Make(DialState5 copy) => new() { A = copy.A, B = copy.B };
    }
    void Finish(Dial? file) { }
}

[PreservedState]
public struct DialState6
{
    public DialState6(ulong a, ulong b) { A = a; B = b; Checksum = a ^ b; }
    public ulong A { get; }
    public ulong B { get; }
    public ulong Checksum { get; }
    public readonly bool IsIntact => Checksum == (A ^ B);
}

[LiveUpdateFileHandler("dial-checksum-v1")]
public sealed partial class ChecksumDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState6 state) => state = new(file.A, file.B);
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState6 state) => state.IsIntact ? new() { A = state.A, B = state.B } : throw new ErrnoException(Errno.EIO, "The checksum is wrong.");
    void Finish(Dial? file) { }
}

[PreservedState]
public struct DialState7 { public ulong A; public ulong B; public ulong BootCount; }

[LiveUpdateFileHandler("dial-refs-v1")]
public sealed partial class RefDialHandler
{
    bool CanPreserve(Dial file) => true;
    void Preserve(Dial file, out DialState7 state)
    {
        state = default;
        Put(ref state.A, file.A);
        Put(ref state.B, file.B);
        ref ulong boots = ref state.BootCount;
        boots = 1;
    }
    void Unpreserve(Dial file) { }
    Dial Retrieve(in DialState7 state)
    {
        if (state is { BootCount: 0 })
            throw new ErrnoException(Errno.EINVAL);
        return new() { A = Get(in state.A), B = Get(in state.B) };
    }
    void Finish(Dial? file) { }
    static void Put(ref ulong slot, ulong value) => slot = value;
    static ulong Get(in ulong slot) => slot;
}
