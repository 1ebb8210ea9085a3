using System.Text;

namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>The table of what differs between the kernels, made of the profiles themselves.</summary>
public static class KernelComparison
{
    private static readonly (string What, Func<KernelProfile, string> Value)[] Rows =
    [
        ("ABI of what LUO hands over", profile => $"`{profile.LuoCompatible}`"),
        ("KHO root", profile => $"`{profile.Kho.Compatible}`"),
        ("record of the preserved memory", profile => profile.Kho.MemoryMap.Description),
        ("sessions at most", profile => $"{profile.MaximumSessions:N0}"),
        ("files in a session at most", profile => $"{profile.MaximumFilesPerSession:N0}"),
        ("FLBs", profile => profile.Flbs switch
        {
            FlbRules.None => "none",
            FlbRules.Pinned => "plain counts; a link pins the module",
            _ => "reference counts; every get needs a put",
        }),
        ("session names", profile => profile.ChecksSessionNames ? "1 to 63 bytes, else EINVAL" : "cut at 63 bytes, may be empty"),
        ("GET_NAME", profile => YesNo(profile.HasGetName)),
        ("ioctls checked for the direction of the session, FINISH for its reserved field", profile => YesNo(profile.ChecksDirection)),
        ("handlers can be registered while sessions exist", profile => profile.SessionsBlockRegistration ? "no, EBUSY" : "yes"),
        ("what pins a handler's module", profile => profile.SessionsBlockRegistration ? "its registration" : "each of its files"),
        ("a file preserved twice (get_id)", profile => profile.TracksIdentities ? "EBUSY" : "allowed"),
        ("room for the entry is made", profile => profile.ReservesRoomBeforeFile ? "before the descriptor is looked at" : "after it"),
        ("a retrieve that failed", profile => profile.RemembersFailedRetrieve ? "is final" : "is tried again"),
        ("the handle after unfreeze", profile => profile.ClearsHandleAtUnfreeze ? "0" : "kept"),
        ("a file without a handler in the next kernel", profile => profile.FileRestoreErrors switch
        {
            FileRestoreErrorPolicy.Ignored => "it and those after it are missing from their session",
            FileRestoreErrorPolicy.Final => "EIO at every open",
            _ => "EIO at every open, its session is empty",
        }),
        ("no memory for a session's record at the restore", profile => profile.RemembersSessionAllocationError ? "EIO at every open" : "EIO once"),
        ("last step of the reboot", profile => profile.FinalizesKho ? "kho_finalize, EAGAIN with all frozen" : "none"),
    ];

    /// <summary>Writes the table in Markdown: a column for each profile.</summary>
    public static string ToMarkdown()
    {
        var table = new StringBuilder();
        table.Append("| |").AppendJoin("", KernelProfile.All.Select(profile => $" {profile.Name} |")).Append('\n');
        table.Append("| --- |").AppendJoin("", KernelProfile.All.Select(_ => " --- |")).Append('\n');
        foreach ((string what, Func<KernelProfile, string> value) in Rows)
            table.Append($"| {what} |").AppendJoin("", KernelProfile.All.Select(profile => $" {value(profile)} |")).Append('\n');
        return table.ToString();
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
