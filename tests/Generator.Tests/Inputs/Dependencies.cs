using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace Depending;

public sealed class Part : LuoFile
{
    public ulong Number { get; set; }
}

/// <summary>Needs a document and a part.</summary>
public sealed class Folder : LuoFile
{
    public Document? Document { get; set; }

    public Part? Part { get; set; }
}

[PreservedState]
public struct PartState
{
    public ulong Number;
}

[PreservedState]
public struct FolderState
{
    public ulong DocumentToken;
    public ulong PartToken;
}

[LiveUpdateFileHandler("document-v1")]
public sealed partial class DocumentHandler
{
    private bool CanPreserve(Document file) => true;

    private void Preserve(Document file, out ulong serializedData) => serializedData = file.Position;

    private void Unpreserve()
    {
    }

    private Document Retrieve(ulong serializedData) => new("document") { Position = serializedData };

    private void Finish()
    {
    }
}

[LiveUpdateFileHandler("part-v1")]
public sealed partial class PartHandler
{
    private bool CanPreserve(Part file) => true;

    private void Preserve(Part file, out PartState state) => state = new PartState { Number = file.Number };

    private void Unpreserve()
    {
    }

    private Part Retrieve(in PartState state) => state.Number == 13 ? throw new ErrnoException(Errno.ERANGE) : new Part { Number = state.Number };

    private void Finish()
    {
    }
}

[LiveUpdateFileHandler("folder-v1")]
[DependsOn<Document>]
[DependsOn<Part>]
public sealed partial class FolderHandler
{
    private bool CanPreserve(Folder file) => true;

    private void Preserve(OutgoingDependency<Part> parts, Folder file, OutgoingDependency<Document> documents, out FolderState state) => state = new FolderState
    {
        DocumentToken = documents.GetToken(file.Document!),
        PartToken = file.Part is { Number: 99 } ? 99 : file.Part is { Number: 77 } ? documents.GetToken(file.Document!) : parts.GetToken(file.Part!),
    };

    private void Unpreserve()
    {
    }

    private Folder Retrieve(in FolderState state, IncomingDependency<Document> documents, IncomingDependency<Part> parts) => new()
    {
        Document = documents.GetFile(state.DocumentToken),
        Part = parts.GetFile(state.PartToken),
    };

    private void Finish()
    {
    }

    [RetrievesFrom("folder-v0")]
    private static FolderState Upgrade(in PartState old) => new() { DocumentToken = old.Number };
}
