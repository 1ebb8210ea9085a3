namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>Which rules FLBs follow.</summary>
public enum FlbRules
{
    /// <summary>There are no FLBs.</summary>
    None,

    /// <summary>Plain counts of files; a get takes no reference; a link pins the module.</summary>
    Pinned,

    /// <summary>Reference counts of files and users; every get needs a put; a living object pins the module.</summary>
    Counted,
}
