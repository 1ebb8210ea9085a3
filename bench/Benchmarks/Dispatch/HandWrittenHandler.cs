using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>The same handler as one would write it against the interface that LUO calls, with the same care for the state's memory.</summary>
public sealed class HandWrittenHandler : ILiveUpdateFileHandler
{
    public ReadOnlySpan<byte> Compatible => "by-hand-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze;

    public bool CanPreserve(LuoFile file) => file is PlainFile plain && plain.Position != ulong.MaxValue;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        KhoRange range = args.Kho.AllocatePreserved(Unsafe.SizeOf<PlainState>());
        bool isKept = false;
        try
        {
            var file = (PlainFile)args.File!;
            Read(args.Kho, range) = new PlainState { Position = file.Position, Size = 1 };
            args.SerializedData = range.Address.Value;
            isKept = true;
            return 0;
        }
        finally
        {
            if (!isKept)
                args.Kho.UnpreserveFree(range);
        }
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args)
    {
        KhoRange range = args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData));
        try
        {
            ((PlainFile)args.File!).Position = Read(args.Kho, range).Position;
        }
        finally
        {
            args.Kho.UnpreserveFree(range);
        }
    }

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        ref PlainState state = ref Read(args.Kho, args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData)));
        PlainState changed = state;
        changed.Position = ((PlainFile)args.File!).Position;
        changed.Size = 1;
        state = changed;
        return 0;
    }

    public void Unfreeze(ref LiveUpdateFileOpArgs args) =>
        ((PlainFile)args.File!).Position = Read(args.Kho, args.Kho.FindPreserved(new PhysicalAddress(args.SerializedData))).Position;

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        KhoRange range = args.Kho.FindInherited(new PhysicalAddress(args.SerializedData));
        try
        {
            PlainState state = Read(args.Kho, range);
            args.File = new PlainFile { Position = state.Position + state.Size - 1 };
            return 0;
        }
        finally
        {
            args.Kho.RestoreFree(range);
        }
    }

    public void Finish(ref LiveUpdateFileOpArgs args)
    {
        if (args.RetrieveStatus.IsNotTried)
            args.Kho.RestoreFree(args.Kho.FindInherited(new PhysicalAddress(args.SerializedData)));
    }

    private static ref PlainState Read(IKho kho, KhoRange range)
    {
        if (Unsafe.SizeOf<PlainState>() > range.ByteCount)
            throw new ErrnoException(Errno.EINVAL, "The handle names too little memory.");
        return ref MemoryMarshal.AsRef<PlainState>(kho.GetSpan(range));
    }
}
