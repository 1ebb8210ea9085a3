using LuoHandlers.Handlers;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>What a test does in a callback with a result.</summary>
internal delegate int FileCallback(ref LiveUpdateFileOpArgs args);
