using LuoHandlers.Orchestrator;
using LuoHandlers.Vfs;

namespace LuoHandlers.Uapi;

/// <summary>The anonymous file of a session. Its last reference closes the session.</summary>
internal sealed class SessionFile(LiveUpdateDeviceNode node, Session session) : IoctlFile
{
    public Session Session { get; } = session;

    protected override int? GetArgumentSize(uint number) => (LiveUpdateIoctl.CreateSession | number) switch
    {
        LiveUpdateIoctl.PreserveFd or LiveUpdateIoctl.RetrieveFd => LiveUpdateIoctl.FileArgumentSize,
        LiveUpdateIoctl.Finish => LiveUpdateIoctl.FinishArgumentSize,
        LiveUpdateIoctl.GetName when node.Profile.HasGetName => LiveUpdateIoctl.NameArgumentSize,
        _ => null,
    };

    protected override int CheckDirection(uint request) => request switch
    {
        _ when !node.Profile.ChecksDirection => 0,
        LiveUpdateIoctl.PreserveFd when Session.IsRetrieved => -(int)Errno.EINVAL,
        LiveUpdateIoctl.RetrieveFd or LiveUpdateIoctl.Finish when !Session.IsRetrieved => -(int)Errno.EINVAL,
        _ => 0,
    };

    protected override int Run(uint request, IoctlArgument argument) => request switch
    {
        LiveUpdateIoctl.PreserveFd => PreserveFd(argument),
        LiveUpdateIoctl.RetrieveFd => RetrieveFd(argument),
        LiveUpdateIoctl.Finish => Finish(argument),
        _ => GetName(argument),
    };

    protected override void Release() => node.Orchestrator.CloseSession(Session);

    private int PreserveFd(IoctlArgument argument)
    {
        int result = node.Orchestrator.PreserveFile(Session, argument.Token, node.Descriptors, argument.Descriptor);
        return result != 0 ? result : argument.CopyOut();
    }

    private int RetrieveFd(IoctlArgument argument)
    {
        if (!node.Descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        bool isInstalled = false;
        try
        {
            int result = node.Orchestrator.RetrieveFile(Session, argument.Token, out LuoFile? file);
            if (result != 0)
                return result;
            argument.Descriptor = descriptor;
            result = argument.CopyOut();
            if (result != 0)
            {
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

    private int Finish(IoctlArgument argument)
    {
        if (argument.Reserved != 0 && node.Profile.ChecksDirection)
            return -(int)Errno.EINVAL;
        int result = node.Orchestrator.FinishSession(Session);
        return result != 0 ? result : argument.CopyOut();
    }

    private int GetName(IoctlArgument argument)
    {
        if (argument.Reserved != 0)
            return -(int)Errno.EINVAL;
        Session.Name.WriteTerminated(argument.Name);
        return argument.CopyOut();
    }
}
