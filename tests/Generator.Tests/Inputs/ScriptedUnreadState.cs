using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;

namespace Scripted;

[PreservedState]
public struct UnreadState
{
    public ulong Position;
    public ulong Size;
}

/// <summary>Writes a state that most callbacks do not take: its memory is freed all the same.</summary>
[LiveUpdateFileHandler("scripted-unread-v1")]
public sealed partial class ScriptedUnreadStateHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve()
    {
        Script.Run("can_preserve");
        return Script.Answer;
    }

    private Errno Preserve(Document file, out UnreadState state)
    {
        state = new UnreadState { Position = file.Position, Size = file.Size };
        return Script.Run("preserve", file);
    }

    private void Unpreserve() => Script.Run("unpreserve");

    private Errno Freeze(in UnreadState state) => Script.Run("freeze", state.Position);

    private void Unfreeze() => Script.Run("unfreeze");

    private Document? Retrieve()
    {
        Script.Run("retrieve");
        return Script.RetrievesNull ? null : new Document("new");
    }

    private bool CanFinish()
    {
        Script.Run("can_finish");
        return Script.Answer;
    }

    private void Finish() => Script.Run("finish");
}
