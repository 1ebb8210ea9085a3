using LuoHandlers.Handlers;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>What a test does in a callback of an FLB.</summary>
internal delegate int FlbCallback(ref LiveUpdateFlbOpArgs args);
