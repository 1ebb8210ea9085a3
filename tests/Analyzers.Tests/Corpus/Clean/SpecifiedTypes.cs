using System;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.SpecifiedTypes;

/// <summary>Types of .NET whose bytes are specified.</summary>
public sealed class Sensor : LuoFile
{
    public Guid Id { get; init; }

    public Half Gain { get; set; }

    public double Value { get; set; }

    public float Offset { get; set; }
}

[PreservedState]
public struct SensorState
{
    public Guid Id;
    public double Value;
    public float Offset;
    public Half Gain;
    public ushort Reserved;
}

[LiveUpdateFileHandler("sensor-v7")]
public sealed partial class SensorHandler
{
    bool CanPreserve(Sensor file) => file.Id != Guid.Empty;

    void Preserve(Sensor file, out SensorState state) => Write(file, out state);

    void Freeze(Sensor file, ref SensorState state) => Write(file, out state);

    void Unpreserve(Sensor file) { }

    Sensor Retrieve(in SensorState state)
    {
        if (!double.IsFinite(state.Value) || !float.IsFinite(state.Offset) || state.Reserved != 0)
            throw new ErrnoException(Errno.EINVAL, "The handed-over sensor has no finite value.");
        return new Sensor { Id = state.Id, Gain = state.Gain, Value = state.Value, Offset = state.Offset };
    }

    void Finish(Sensor? file) { }

    private static void Write(Sensor file, out SensorState state) =>
        state = new SensorState { Id = file.Id, Value = file.Value, Offset = file.Offset, Gain = file.Gain };
}
