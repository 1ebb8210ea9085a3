namespace VfioHandlerSample;

/// <summary>Keeps a device from being reset, in the kernel that preserves it.</summary>
public sealed class VfioPin : IDisposable
{
    private readonly VfioDevice _device;

    internal VfioPin(VfioDevice device)
    {
        _device = device;
        device.IsPinned = true;
    }

    /// <summary>Lets the device be reset again.</summary>
    public void Dispose() => _device.IsPinned = false;
}
