using LuoHandlers.Handlers;

namespace LuoHandlers.Emulation;

/// <summary>One boot of the emulated machine.</summary>
public sealed class Kernel
{
    /// <summary>Registers a file handler.</summary>
    /// <param name="handler">The handler.</param>
    public void RegisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        throw new NotSupportedException();
    }
}
