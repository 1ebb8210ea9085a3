namespace LuoHandlers.Tool;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>It did what it was asked for.</summary>
    public const int Success = 0;

    /// <summary>The image is none, is truncated or contradicts itself, lacks what was asked for, or a file can't be read or written.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Preflight: nothing is known to be lost, but not all could be checked.</summary>
    public const int NotChecked = 4;

    /// <summary>Preflight: the program could not take all that was handed over.</summary>
    public const int Loss = 8;

    /// <summary>Comparing ABIs: something changed of which a person must say whether it means the same. A bit of its own.</summary>
    public const int NeedsReview = 4;

    /// <summary>Comparing ABIs: what one version hands over the other can't take over. A bit of its own.</summary>
    public const int Incompatible = 8;
}
