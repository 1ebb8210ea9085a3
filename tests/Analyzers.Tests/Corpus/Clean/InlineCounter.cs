using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.InlineCounter;

/// <summary>A state of 8 bytes, which travels in the handle.</summary>
public sealed class Ticket : LuoFile
{
    public uint Number;
    public uint Version;
}

[PreservedState]
public struct TicketState
{
    public uint Number;
    public uint Version;
}

[LiveUpdateFileHandler("ticket-v1")]
public sealed partial class TicketHandler
{
    bool CanPreserve(Ticket file) => file.Number != 0;
    void Preserve(Ticket file, out TicketState state) => state = new() { Number = file.Number, Version = file.Version };
    void Unpreserve() { }
    Ticket Retrieve(in TicketState state) => new() { Number = state.Number, Version = state.Version };
    void Finish() { }
}
