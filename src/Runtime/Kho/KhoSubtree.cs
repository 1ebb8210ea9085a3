using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>Something that a part of the previous kernel handed over, found by name in the KHO root.</summary>
/// <param name="Name">The name: <c>LUO</c>, <c>kexec-metadata</c>.</param>
/// <param name="Address">Where it is; not trusted.</param>
/// <param name="ByteCount">How long it is; null where the format does not say.</param>
public sealed record KhoSubtree(string Name, PhysicalAddress Address, ulong? ByteCount);
