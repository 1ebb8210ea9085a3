using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;

namespace Upgrading;

[PreservedState]
public struct NoteState
{
    public ulong Position;
    public ulong Size;
    public ulong Revision;
}

/// <summary>Travelled in the handle.</summary>
[PreservedState]
public struct NoteStateV1
{
    public ushort Size;
    public ushort Position;
}

[PreservedState]
public struct NoteStateV2
{
    public ulong Size;
    public ulong Position;
}

/// <summary>Reads two older versions; all callbacks that take the state.</summary>
[LiveUpdateFileHandler("note-v1")]
public sealed partial class NoteHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve(Document file) => true;

    private void Preserve(Document file, out NoteState state) => state = new NoteState { Position = file.Position, Size = file.Size, Revision = 3 };

    private void Unpreserve(Document file, in NoteState state) => Script.Run("unpreserve", file, state.Position, state.Size, state.Revision);

    private Document? Retrieve(in NoteState state, IKho kho)
    {
        Script.Run("retrieve", state.Position, state.Size, state.Revision);
        return Script.RetrievesNull ? null : new Document("new") { Position = state.Position, Size = state.Size };
    }

    private bool CanFinish(Document? file, in NoteState state, RetrieveStatus status)
    {
        Script.Run("can_finish", file, state.Position, state.Size, state.Revision, status);
        return Script.Answer;
    }

    private void Finish(Document? file, NoteState state, RetrieveStatus status) =>
        Script.Run("finish", file, state.Position, state.Size, state.Revision, status);

    private static ulong GetId(Document file) => file.Size;

    [RetrievesFrom("note-draft")]
    private static NoteState Upgrade(in NoteStateV1 old) => new() { Position = old.Position, Size = old.Size, Revision = 1 };

    [RetrievesFrom("note-v0")]
    private Errno Upgrade(out NoteState state, IKho kho, NoteStateV2 old)
    {
        state = new NoteState { Position = old.Position, Size = old.Size, Revision = kho is null ? 0UL : 2 };
        return Script.Run("upgrade", old.Position);
    }
}

/// <summary>A state in memory became one in the handle.</summary>
[LiveUpdateFileHandler("tag-v1")]
public sealed partial class TagHandler : IScriptedHandler
{
    public HandlerScript Script { get; } = new();

    private bool CanPreserve(Document file) => true;

    private void Preserve(Document file, out NoteStateV1 state) => state = new NoteStateV1 { Position = (ushort)file.Position, Size = (ushort)file.Size };

    private void Unpreserve()
    {
    }

    private Errno Retrieve(in NoteStateV1 state, out Document? file)
    {
        file = new Document("new") { Position = state.Position, Size = state.Size };
        return Script.Run("retrieve", state.Position, state.Size);
    }

    private bool CanFinish() => Script.Answer;

    private void Finish() => Script.Run("finish");

    [RetrievesFrom("tag-v0")]
    private static NoteStateV1 @from(ref readonly NoteState old) => new() { Position = (ushort)old.Position, Size = (ushort)old.Size };
}
