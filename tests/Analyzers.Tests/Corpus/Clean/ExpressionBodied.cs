using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.ExpressionBodied;

/// <summary>Everything in one expression each.</summary>
public sealed class Gauge(ulong value, byte scale) : LuoFile
{
    public ulong Value { get; set; } = value;

    public byte Scale { get; set; } = scale;
}

[PreservedState]
public readonly record struct GaugeState(ulong Value, ulong Scale);

[LiveUpdateFileHandler("gauge-v1")]
public sealed partial class GaugeHandler
{
    static bool CanPreserve(Gauge file) => file is { Scale: <= 9 };

    static void Preserve(Gauge file, out GaugeState state) => state = Snapshot(file);

    static void Freeze(Gauge file, ref GaugeState state) => state = state with { Value = file.Value, Scale = file.Scale };

    static void Unpreserve(Gauge _) { }

    static Gauge Retrieve(in GaugeState state) => state switch
    {
        { Scale: <= 9 and var scale } => new Gauge(state.Value, (byte)scale),
        _ => throw new ErrnoException(Errno.EINVAL, "The gauge has an unknown scale."),
    };

    static void Finish(Gauge? _) { }

    private static GaugeState Snapshot(Gauge file) => new(file.Value, file.Scale);
}
