using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;

namespace Scripted;

[PreservedState]
public struct CounterState
{
    public ushort Position;
    public ushort Size;
}

/// <summary>A state that travels in the handle; failures by exception; other ways to pass the state; other order.</summary>
[LiveUpdateFileHandler("scripted-inline-v1")]
public sealed partial class ScriptedInlineStateHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve(Document file)
    {
        Script.Run("can_preserve", file);
        return Script.Answer;
    }

    private void Preserve(out CounterState state, Document file)
    {
        state = new CounterState { Position = (ushort)file.Position, Size = (ushort)file.Size };
        Script.Run("preserve", file);
    }

    private void Unpreserve(CounterState state, Document file) => Script.Run("unpreserve", file, state.Position, state.Size);

    private void Freeze(ref CounterState state, Document file)
    {
        state.Position = (ushort)file.Position;
        Script.Run("freeze", file, state.Position, state.Size);
    }

    private void Unfreeze(ref readonly CounterState state, Document file) => Script.Run("unfreeze", file, state.Position, state.Size);

    private Document? Retrieve(CounterState state)
    {
        Script.Run("retrieve", state.Position, state.Size);
        return Script.RetrievesNull ? null : new Document("new") { Position = state.Position, Size = state.Size };
    }

    private bool CanFinish(RetrieveStatus status, CounterState state, Document? file)
    {
        Script.Run("can_finish", file, state.Position, state.Size, status);
        return Script.Answer;
    }

    private void Finish(RetrieveStatus status, CounterState state, Document? file) =>
        Script.Run("finish", file, state.Position, state.Size, status);
}
