using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;

namespace Scripted;

/// <summary>The raw handle, which the author manages.</summary>
[LiveUpdateFileHandler("scripted-handle-v1")]
public sealed partial class ScriptedHandleHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve(Document file)
    {
        Script.Run("can_preserve", file);
        return Script.Answer;
    }

    private Errno Preserve(Document file, out ulong serializedData)
    {
        serializedData = file.Position;
        return Script.Run("preserve", file);
    }

    private void Unpreserve(ulong serializedData) => Script.Run("unpreserve", serializedData);

    private Errno Freeze(Document file, ref ulong serializedData)
    {
        serializedData = file.Position;
        return Script.Run("freeze", serializedData);
    }

    private void Unfreeze(in ulong serializedData) => Script.Run("unfreeze", serializedData);

    private Document? Retrieve(ulong serializedData)
    {
        Script.Run("retrieve", serializedData);
        return Script.RetrievesNull ? null : new Document("new") { Position = serializedData };
    }

    private bool CanFinish(ulong serializedData, RetrieveStatus status)
    {
        Script.Run("can_finish", serializedData, status);
        return Script.Answer;
    }

    private void Finish(Document? file, in ulong serializedData, RetrieveStatus status) =>
        Script.Run("finish", file, serializedData, status);
}
