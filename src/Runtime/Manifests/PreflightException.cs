namespace LuoHandlers.Manifests;

/// <summary>The live update was not begun, because the next program could not take all that is preserved. Everything is as before.</summary>
public sealed class PreflightException : Exception
{
    private const int NamedLosses = 5;

    /// <summary>Creates the exception.</summary>
    /// <param name="report">What would be lost.</param>
    public PreflightException(PreflightReport report)
        : base(Describe(report)) => Report = report;

    /// <summary>What would be lost.</summary>
    public PreflightReport Report { get; }

    private static string Describe(PreflightReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string more = report.Losses.Count > NamedLosses ? $"; and {report.Losses.Count - NamedLosses} more" : "";
        return $"The live update was not begun: {report.Program} would lose {string.Join("; ", report.Losses.Take(NamedLosses))}{more}. "
            + "Nothing is frozen. Run a program that retrieves these, or close their sessions.";
    }
}
