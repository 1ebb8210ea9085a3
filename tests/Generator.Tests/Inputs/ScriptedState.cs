using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;

namespace Scripted;

[PreservedState]
public struct DocumentState
{
    public ulong Position;
    public ulong Size;
}

public sealed class Lock
{
    public override string ToString() => "lock";
}

/// <summary>All nine callbacks, with everything that each may take; failures by Errno.</summary>
[LiveUpdateFileHandler("scripted-state-v1")]
public sealed partial class ScriptedStateHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve(Document file)
    {
        Script.Run("can_preserve", file);
        return Script.Answer;
    }

    private Errno Preserve(Document file, out DocumentState state, out Lock guard, IKho kho)
    {
        state = new DocumentState { Position = file.Position, Size = file.Size };
        guard = new Lock();
        return Script.Run("preserve", file);
    }

    private void Unpreserve(Document file, in DocumentState state, Lock guard, IKho kho) =>
        Script.Run("unpreserve", file, state.Position, state.Size, guard);

    private Errno Freeze(Document file, ref DocumentState state, Lock guard, IKho kho)
    {
        state.Position = file.Position;
        return Script.Run("freeze", file, state.Position, state.Size, guard);
    }

    private void Unfreeze(Document file, in DocumentState state, Lock guard, IKho kho) =>
        Script.Run("unfreeze", file, state.Position, state.Size, guard);

    private Errno Retrieve(in DocumentState state, IKho kho, out Document? file)
    {
        Errno errno = Script.Run("retrieve", state.Position, state.Size);
        file = errno != Errno.None || Script.RetrievesNull ? null : new Document("new") { Position = state.Position, Size = state.Size };
        return errno;
    }

    private bool CanFinish(Document? file, in DocumentState state, RetrieveStatus status, IKho kho)
    {
        Script.Run("can_finish", file, state.Position, state.Size, status);
        return Script.Answer;
    }

    private void Finish(Document? file, in DocumentState state, RetrieveStatus status, IKho kho) =>
        Script.Run("finish", file, state.Position, state.Size, status);

    private ulong GetId(Document file)
    {
        Script.Run("get_id", file);
        return file.Size;
    }
}
