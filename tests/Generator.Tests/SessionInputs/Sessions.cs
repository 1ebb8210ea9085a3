using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Vfs;

namespace Typed;

public static class Tokens
{
    public const ulong Ram = 1;
}

public enum Slot : ulong
{
    State = 2,
}

[LiveUpdateSession]
public sealed partial class VmSession
{
    [Token((ulong)Slot.State)] public partial Document DeviceState { get; set; }

    [Token(Tokens.Ram)] public partial Memfd GuestRam { get; set; }

    /// <summary>Not every machine has one.</summary>
    [Token(ulong.MaxValue)] internal partial Document? Log { get; private set; }

    public string Note { get; set; } = "";

    public void SetLog(Document? log) => Log = log;
}

public partial record Outer
{
    [LiveUpdateSession]
    internal partial class @class
    {
        [Token(0)] internal virtual partial LuoFile @event { get; init; }
    }
}

/// <summary>What VmSession is retrieved as, by mistake.</summary>
[LiveUpdateSession]
public sealed partial class SwappedSession
{
    [Token(1)] public partial Document GuestRam { get; set; }
}
