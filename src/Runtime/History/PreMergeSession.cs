namespace LuoHandlers.History;

/// <summary>The files that were registered through one open of the device.</summary>
internal sealed class PreMergeSession
{
    /// <summary>By ascending token, which is the order of all operations.</summary>
    public SortedDictionary<ulong, PreMergeFile> Files { get; } = [];

    /// <summary>Whether the device was closed after the files had been prepared: they stay, until the live update is done or cancelled.</summary>
    public bool IsClosed { get; set; }
}
