namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>A handler that does what a test tells it to.</summary>
public interface IScriptedHandler
{
    HandlerScript Script { get; }
}
