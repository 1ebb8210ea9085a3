using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.PassedByTheCaller;

/// <summary>Has no parameterless constructor: its caller registers an object.</summary>
public interface ISwitches
{
    bool IsKnown(uint number);

    Switch Open(uint number);
}

public sealed class Switch : LuoFile
{
    public uint Number { get; init; }
}

[PreservedState]
public struct SwitchState
{
    public uint Number;
}

[LiveUpdateFileHandler("switch-v1")]
public sealed partial class SwitchHandler(ISwitches switches)
{
    private readonly ISwitches _switches = switches;

    bool CanPreserve(Switch file) => _switches.IsKnown(file.Number);

    void Preserve(Switch file, out SwitchState state) => state = new() { Number = file.Number };

    void Unpreserve(Switch file) { }

    Switch Retrieve(in SwitchState state) =>
        _switches.IsKnown(state.Number) ? _switches.Open(state.Number) : throw new ErrnoException(Errno.ENODEV, $"There is no switch {state.Number}.");

    void Finish(Switch? file) { }
}
