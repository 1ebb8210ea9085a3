using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.PrivatePins;

/// <summary>Keeps what only this kernel needs in private data.</summary>
public sealed class Device : LuoFile
{
    public ushort Bus;
    public ushort Slot;
    public uint Domain;
    public int Pins;
}

public sealed class Pin(Device device)
{
    public void Take() => device.Pins++;

    public void Release() => device.Pins--;
}

[PreservedState]
public struct DeviceState
{
    public uint Domain;
    public ushort Bus;
    public ushort Slot;
}

[LiveUpdateFileHandler("device-v2")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => file.Domain != uint.MaxValue;

    void Preserve(Device file, out DeviceState state, out Pin pin)
    {
        pin = new Pin(file);
        pin.Take();
        state = new DeviceState { Domain = file.Domain, Bus = file.Bus, Slot = file.Slot };
    }

    void Unpreserve(Pin pin) => pin.Release();

    Device Retrieve(in DeviceState state) => new() { Domain = state.Domain, Bus = state.Bus, Slot = state.Slot };

    void Finish(Device? file)
    {
        if (file is not null)
            file.Pins = 0;
    }
}
