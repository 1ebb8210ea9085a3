using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace Strict;

internal static class Program
{
    private static void Main()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        kernel.RegisterGeneratedHandlers();
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.CreateSession("strict");
        session.PreserveFile(1, new Counter { Low = 1, High = 2 });

        kernel = kernel.Kexec();
        kernel.RegisterGeneratedHandlers();
        using LiveUpdateDevice nextDevice = kernel.OpenLiveUpdate();
        using LiveUpdateSession nextSession = nextDevice.RetrieveSession("strict");
        Counter counter = nextSession.RetrieveFile<Counter>(1);
        Console.WriteLine($"{counter.Low}, {counter.High}: OK");
    }
}

internal sealed class Counter : LuoFile
{
    public ulong Low { get; set; }

    public ulong High { get; set; }
}

[PreservedState]
internal struct CounterState
{
    public ulong Low;
    public ulong High;
}

[LiveUpdateFileHandler("counter-v1")]
internal sealed partial class CounterHandler
{
    private bool CanPreserve(Counter file)
    {
        return file.ReferenceCount > 0;
    }

    private Errno Preserve(Counter file, out CounterState state, out Note note, IKho kho)
    {
        state = new CounterState { Low = file.Low, High = file.High };
        note = new Note { PagesInUse = kho.Pages.AllocatedPageCount };
        return Errno.None;
    }

    private void Unpreserve(Counter file, Note note)
    {
        file.Low = note.PagesInUse;
    }

    private Errno Freeze(Counter file, ref CounterState state)
    {
        state.Low = file.Low;
        state.High = file.High;
        return Errno.None;
    }

    private void Unfreeze(Counter file, in CounterState state)
    {
        file.High = state.High;
    }

    private Errno Retrieve(in CounterState state, out Counter file)
    {
        file = new Counter { Low = state.Low, High = state.High };
        return Errno.None;
    }

    private bool CanFinish(Counter? file, RetrieveStatus status)
    {
        return file is null || status.IsRetrieved;
    }

    private void Finish(Counter? file)
    {
        if (file is not null)
        {
            file.High = 2;
        }
    }

    private ulong GetId(Counter file)
    {
        return file.High;
    }
}

internal sealed class Note
{
    public ulong PagesInUse { get; init; }
}
