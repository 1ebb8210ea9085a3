namespace LuoHandlers.Handlers;

/// <summary>
/// What became of the retrieval of an incoming file, as <c>can_finish</c> and <c>finish</c> see it: never tried, done, or failed.
/// The three need different clean-up; after a failure the state is used up and the file is null.
/// </summary>
/// <remarks>The kernel's <c>retrieve_status</c>: 0, positive, or a negative errno (<c>kernel/liveupdate/luo_file.c</c>).</remarks>
public readonly record struct RetrieveStatus
{
    /// <summary>Creates a status from the kernel's number.</summary>
    /// <param name="value">0: never tried; positive: retrieved; negative: the errno of the failed attempt.</param>
    public RetrieveStatus(int value) => Value = value;

    /// <summary>Nobody has tried to retrieve the file: all that was preserved for it is still there.</summary>
    public static RetrieveStatus NotTried => default;

    /// <summary>The file was retrieved.</summary>
    public static RetrieveStatus Succeeded => new(1);

    /// <summary>The kernel's number.</summary>
    public int Value { get; }

    /// <summary>Nobody has tried to retrieve the file.</summary>
    public bool IsNotTried => Value == 0;

    /// <summary>The file was retrieved and is in use.</summary>
    public bool IsRetrieved => Value > 0;

    /// <summary>The attempt to retrieve the file failed, for good. Linux 6.19 does not tell: there it looks never tried.</summary>
    public bool IsFailed => Value < 0;

    /// <summary>Why the attempt failed; <see cref="Errno.None"/> unless <see cref="IsFailed"/>.</summary>
    public Errno Error => Value < 0 ? (Errno)(-Value) : Errno.None;

    /// <summary>The status of an attempt that failed.</summary>
    public static RetrieveStatus Failed(Errno error) => new(-(int)error);

    /// <inheritdoc/>
    public override string ToString() => IsNotTried ? "not tried" : IsRetrieved ? "retrieved" : $"failed with {Error}";
}
