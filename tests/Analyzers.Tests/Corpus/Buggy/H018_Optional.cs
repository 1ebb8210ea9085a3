// H018: memory that is not always there is looked for in Finish in any case.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Outbox(PageAllocator pages, Folio? mail) : LuoFile
{
    public Folio? Mail => mail;
    protected override void Release() { if (mail is { } folio) pages.Free(folio); }
}

[PreservedState]
public struct OutboxState
{
    public PhysicalAddress Mail;
    public ulong HasMail;
}

[LiveUpdateFileHandler("outbox-v1")]
public sealed partial class OutboxHandler
{
    bool CanPreserve(Outbox file) => true;

    void Preserve(Outbox file, out OutboxState state, IKho kho)
    {
        state = default;
        if (file.Mail is { } mail)
        {
            state.Mail = kho.Preserve(mail).Address;
            state.HasMail = 1;
        }
    }

    void Unpreserve(Outbox file, in OutboxState state, IKho kho)
    {
        if (state.HasMail != 0)
            kho.Unpreserve(kho.FindPreserved(state.Mail));
    }

    Outbox Retrieve(in OutboxState state, IKho kho) =>
        new(kho.Pages, state.HasMail == 0 ? null : kho.Restore(kho.FindInherited(state.Mail)));

    void Finish(Outbox? file, in OutboxState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree({|LUO4008:kho.FindInherited(state.Mail)|});
    }
}
