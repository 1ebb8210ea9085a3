using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Uapi;

namespace LuoHandlers.Runtime.Tests.Documentation;

/// <summary>The diagrams of the document are recordings of what happens.</summary>
public sealed class LifeCycleDocumentTests
{
    [Fact]
    public void TheHappyPath() => AssertDiagram("happy-path", (machine, recording) =>
    {
        LiveUpdateSession session = Preserve(Boot(machine, recording), 1);
        Kernel next = machine.Running!;
        next.KexecToHandover();
        next = Boot(machine, recording);
        using LiveUpdateDevice device = next.OpenLiveUpdate();
        using LiveUpdateSession incoming = device.RetrieveSession(session.Name);
        incoming.RetrieveFile<PlainFile>(1).Put();
        incoming.Finish();
    });

    [Fact]
    public void AFreezeThatFails() => AssertDiagram("freeze-failure", (machine, recording) =>
    {
        int freezes = 0;
        Kernel kernel = Boot(machine, recording, new ScriptedHandler
        {
            OnFreeze = (ref LiveUpdateFileOpArgs _) => ++freezes == 2 ? -(int)Errno.EBUSY : 0,
        });
        Preserve(kernel, 1, 2);
        Assert.Equal(-(int)Errno.EBUSY, kernel.Reboot());
    });

    [Fact]
    public void AnAbort() => AssertDiagram("abort", (machine, recording) => Preserve(Boot(machine, recording), 1, 2).Dispose());

    private static void AssertDiagram(string name, Action<Machine, LifeCycleRecording> run)
    {
        using Machine machine = TestMachine.Create();
        var recording = new LifeCycleRecording();
        run(machine, recording);
        DocumentSection.AssertIs("life-cycle.md", name, $"```mermaid\n{recording.ToMermaid()}```\n");
    }

    private static Kernel Boot(Machine machine, LifeCycleRecording recording, ScriptedHandler? handler = null)
    {
        Kernel kernel = machine.Boot().With(handler ?? new ScriptedHandler());
        recording.Record(kernel);
        return kernel;
    }

    private static LiveUpdateSession Preserve(Kernel kernel, params ReadOnlySpan<ulong> tokens)
    {
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("vm-42");
        foreach (ulong token in tokens)
            session.PreserveFile(token, new PlainFile(token));
        return session;
    }
}
