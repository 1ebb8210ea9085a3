using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>The data of each kernel. The next kernel is one more here, with a format of its own if it has one.</summary>
internal static class KernelProfiles
{
    private static readonly KhoFormat KhoVersion1 = new("kho-v1", "fdt", null, HasMetadata: false) { MemoryMap = MemoryMapFormat.Chunks };
    private static readonly KhoFormat KhoVersion4 = new("kho-v4", "preserved-data", "blob-size", HasMetadata: true);

    public static KernelProfile Linux6_19 { get; } = new(new DeviceTreeHandoverFormat(hasFlbs: false))
    {
        Name = "6.19",
        Release = "6.19.0",
        Kho = KhoVersion1,
        Flbs = FlbRules.None,
        ChecksSessionNames = false,
        HasGetName = false,
        ChecksDirection = false,
        SessionsBlockRegistration = true,
        ReservesRoomBeforeFile = false,
        TracksIdentities = false,
        RemembersFailedRetrieve = false,
        ClearsHandleAtUnfreeze = true,
        FileRestoreErrors = FileRestoreErrorPolicy.Ignored,
        RemembersSessionAllocationError = false,
        FinalizesKho = true,
    };

    public static KernelProfile Linux6_19_Stable { get; } = Linux6_19 with
    {
        Name = "6.19.y",
        Release = "6.19.9",
        RemembersFailedRetrieve = true,
        ClearsHandleAtUnfreeze = false,
    };

    public static KernelProfile Linux7_0 { get; } = Linux6_19_Stable with
    {
        Name = "7.0",
        Release = "7.0.0",
        Format = new DeviceTreeHandoverFormat(hasFlbs: true),
        Flbs = FlbRules.Pinned,
    };

    public static KernelProfile Linux7_0_Stable { get; } = Linux7_0 with
    {
        Name = "7.0.y",
        Release = "7.0.9",
        FileRestoreErrors = FileRestoreErrorPolicy.Final,
    };

    public static KernelProfile Linux7_2 { get; } = new(new StructHandoverFormat("luo-v5"))
    {
        Name = "7.2",
        Release = "7.2.0",
        Kho = KhoVersion4,
        Flbs = FlbRules.Counted,
        ChecksSessionNames = true,
        HasGetName = true,
        ChecksDirection = true,
        SessionsBlockRegistration = false,
        ReservesRoomBeforeFile = true,
        TracksIdentities = true,
        RemembersFailedRetrieve = true,
        ClearsHandleAtUnfreeze = false,
        FileRestoreErrors = FileRestoreErrorPolicy.FinalAndCleaned,
        RemembersSessionAllocationError = true,
        FinalizesKho = false,
    };

    public static IReadOnlyList<KernelProfile> All { get; } = [Linux6_19, Linux6_19_Stable, Linux7_0, Linux7_0_Stable, Linux7_2];
}
