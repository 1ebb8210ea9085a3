using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>A file that is carried over.</summary>
/// <param name="Session">The session that it is in.</param>
/// <param name="Token">Its token there.</param>
/// <param name="Name">What it stands for.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Position">Where it is read on.</param>
/// <param name="Seals">What may not be done to it.</param>
internal sealed record DemoFile(string Session, ulong Token, string Name, long Size, long Position, MemfdSeals Seals)
{
    public const string VmSession = "vm-42";
    public const string AgentSession = "agent";

    /// <summary>The token, in the agent's session, of the notes that the first program leaves to the second.</summary>
    public const ulong NotesToken = 0;

    public static DemoFile[] All(long largeSize) =>
    [
        new(VmSession, 1, "guest memory", largeSize, Math.Min(largeSize, 4096), MemfdSeals.None),
        new(VmSession, 2, "device state", 65536, 100, MemfdSeals.Shrink | MemfdSeals.Grow),
        new(AgentSession, 1, "journal", 5000, 5000, MemfdSeals.All),
    ];
}
