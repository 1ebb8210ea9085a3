namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What a random handler hands over, and with what a part of one goes.</summary>
[Flags]
internal enum HandedOver
{
    /// <summary>A part that is wrong in any handler.</summary>
    Never = 0,
    Nothing = 1,
    State = 2,
    SmallState = 4,
    Handle = 8,
    StateAndPrivateData = 16,
    EitherState = State | StateAndPrivateData,
    Anything = Nothing | State | SmallState | Handle | StateAndPrivateData,
}
