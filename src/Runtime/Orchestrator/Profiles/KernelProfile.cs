using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>
/// All in which the kernels that have LUO differ: data, and a format of what is handed over. The emulated kernel asks a profile for its
/// behaviour and never for its version; <see cref="KernelProfiles"/> has the data of each kernel.
/// </summary>
public sealed record KernelProfile
{
    internal KernelProfile(HandoverFormat format) => Format = format;

    /// <summary>Linux 6.19.0, the first kernel with LUO: ABI <c>luo-v1</c>, no FLBs.</summary>
    public static KernelProfile Linux6_19 => KernelProfiles.Linux6_19;

    /// <summary>Later stable releases of Linux 6.19: a failed retrieve is remembered, and unfreeze keeps the handle.</summary>
    public static KernelProfile Linux6_19_Stable => KernelProfiles.Linux6_19_Stable;

    /// <summary>Linux 7.0: ABI <c>luo-v1</c> with FLBs.</summary>
    public static KernelProfile Linux7_0 => KernelProfiles.Linux7_0;

    /// <summary>Later stable releases of Linux 7.0: a file that can't be restored makes the device unusable.</summary>
    public static KernelProfile Linux7_0_Stable => KernelProfiles.Linux7_0_Stable;

    /// <summary>Linux 7.2, the reference: ABI <c>luo-v5</c>, practically no limits.</summary>
    public static KernelProfile Linux7_2 => KernelProfiles.Linux7_2;

    /// <summary>All profiles, oldest first.</summary>
    public static IReadOnlyList<KernelProfile> All => KernelProfiles.All;

    /// <summary>The formats that the root of a handover can have.</summary>
    internal static IReadOnlyList<KhoFormat> KhoFormats { get; } = [.. All.Select(profile => profile.Kho).Distinct()];

    /// <summary>The version as people write it: <c>6.19</c>, <c>6.19.y</c>, <c>7.0</c>, <c>7.0.y</c>, <c>7.2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>uname -r</c> says.</summary>
    public required string Release { get; init; }

    /// <summary>The ABI string of what LUO hands over.</summary>
    public string LuoCompatible => Format.Compatible;

    /// <summary>The most sessions that can be handed over.</summary>
    public int MaximumSessions => Format.MaximumSessions;

    /// <summary>The most files that a session can have.</summary>
    public int MaximumFilesPerSession => Format.MaximumFilesPerSession;

    /// <summary>The format of the KHO root.</summary>
    public required KhoFormat Kho { get; init; }

    /// <summary>Which rules FLBs follow.</summary>
    public required FlbRules Flbs { get; init; }

    /// <summary>Whether a session's name must have 1 to 63 bytes (else EINVAL); otherwise it is cut at 63 bytes, and may be empty.</summary>
    public required bool ChecksSessionNames { get; init; }

    /// <summary>Whether there is an ioctl for the name of a session.</summary>
    public required bool HasGetName { get; init; }

    /// <summary>Whether a session takes only the ioctls of its direction, and FINISH a reserved field of 0; otherwise all run on all sessions.</summary>
    public required bool ChecksDirection { get; init; }

    /// <summary>
    /// Whether registration is refused (EBUSY) while any session exists; a registered handler then pins its module, and unregistering has a result.
    /// Otherwise each file pins the module.
    /// </summary>
    public required bool SessionsBlockRegistration { get; init; }

    /// <summary>Whether preserving makes room for the entry before it looks at the descriptor.</summary>
    public required bool ReservesRoomBeforeFile { get; init; }

    /// <summary>Whether a file may be preserved only once at a time, by its identity (get_id).</summary>
    public required bool TracksIdentities { get; init; }

    /// <summary>Whether a retrieve that failed is never tried again.</summary>
    public required bool RemembersFailedRetrieve { get; init; }

    /// <summary>Whether a rollback sets the handle of every thawed file to 0.</summary>
    public required bool ClearsHandleAtUnfreeze { get; init; }

    /// <summary>What an incoming file that can't be restored does.</summary>
    public required FileRestoreErrorPolicy FileRestoreErrors { get; init; }

    /// <summary>Whether running out of memory for a session's record at the restore is remembered; otherwise the next open succeeds with what there is.</summary>
    public required bool RemembersSessionAllocationError { get; init; }

    /// <summary>Whether the reboot makes the preserved memory final at its end, which can fail (EAGAIN) and leaves everything frozen then.</summary>
    public required bool FinalizesKho { get; init; }

    internal HandoverFormat Format { get; init; }

    /// <summary>The profile of a version, as <see cref="Name"/> has it; null if there is none.</summary>
    public static KernelProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <inheritdoc/>
    public override string ToString() => $"Linux {Name}";
}
