namespace LuoHandlers.Manifests;

/// <summary>What the next program could take of what is preserved, and what would be lost.</summary>
/// <param name="Program">The next program.</param>
/// <param name="Losses">What it could not take, by session and token in the order in which they were preserved.</param>
/// <param name="NotChecked">What could not be found out, one sentence each. What is said here is no loss, and no reason to refuse.</param>
public sealed record PreflightReport(string Program, IReadOnlyList<PreflightLoss> Losses, IReadOnlyList<string> NotChecked)
{
    /// <summary>Whether something would be lost.</summary>
    public bool HasLosses => Losses.Count > 0;

    /// <summary>Whether all that is preserved was looked up.</summary>
    public bool IsComplete => NotChecked.Count == 0;

    internal static PreflightReport Create(ProgramManifest manifest, IEnumerable<PreservedItem> items)
    {
        var losses = new List<PreflightLoss>();
        var notChecked = new List<string>();
        foreach (PreservedItem item in items)
        {
            AcceptedAbi? accepted = manifest.Find(item.Compatible, item.Kind);
            if (accepted is not null)
            {
                if (AbiLayout.FindDifference(item.Description, accepted.Description) is { } difference)
                    losses.Add(new PreflightLoss(PreflightLossKind.OtherLayout, item.Compatible, item.Kind, item.Session, item.Token, difference));
            }
            else if (manifest.Gaps.Count == 0)
            {
                losses.Add(new PreflightLoss(PreflightLossKind.NotAccepted, item.Compatible, item.Kind, item.Session, item.Token, null));
            }
            else
            {
                notChecked.Add($"\"{item.Compatible}\" is not in the manifest, but may be retrieved all the same. {manifest.Gaps[0]}");
            }
        }
        return new PreflightReport(manifest.Path, losses, [.. notChecked.Distinct()]);
    }
}
