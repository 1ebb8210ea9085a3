using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Uapi;

/// <summary>An open <c>/dev/liveupdate</c>.</summary>
internal sealed class DeviceFile(LiveUpdateDeviceNode node) : IoctlFile
{
    protected override int? GetArgumentSize(uint number) =>
        (LiveUpdateIoctl.CreateSession | number) is LiveUpdateIoctl.CreateSession or LiveUpdateIoctl.RetrieveSession ? LiveUpdateIoctl.NameArgumentSize : null;

    protected override int Run(uint request, IoctlArgument argument)
    {
        if (!node.Descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        bool isInstalled = false;
        try
        {
            int result = OpenSession(request, SessionName.Read(argument.Name), out SessionFile? file);
            if (result != 0)
                return result;
            argument.Descriptor = descriptor;
            result = argument.CopyOut();
            if (result != 0)
            {
                node.ReportLostSession(file!, request);
                // User space will never learn of the session: its file goes, and with it the session.
                file!.Put();
                return result;
            }
            node.Descriptors.Install(descriptor, file!);
            isInstalled = true;
            return 0;
        }
        finally
        {
            if (!isInstalled)
                node.Descriptors.CancelReservation(descriptor);
        }
    }

    protected override void Release() => node.Release();

    private int OpenSession(uint request, SessionName name, out SessionFile? file)
    {
        file = null;
        if (request == LiveUpdateIoctl.RetrieveSession)
            return node.RetrieveSession(name, out file);
        int result = node.Orchestrator.CreateSession(name, out Session? session);
        if (result != 0)
            return result;
        if (node.Faults.ShouldFail(FaultPoint.AnonymousFile))
        {
            node.Orchestrator.CancelSession(session!);
            return -(int)Errno.ENOMEM;
        }
        file = new SessionFile(node, session!);
        return 0;
    }
}
