namespace LuoHandlers.Uapi;

/// <summary>
/// A typed session was retrieved, but one of its files could not be, or is of another type. Nothing is lost: the session is open, with all its
/// files in it.
/// </summary>
public sealed class TypedSessionException : ErrnoException
{
    internal TypedSessionException(LiveUpdateSession session, string propertyName, ulong token, Exception cause)
        : base(
            (cause as ErrnoException)?.Errno ?? Errno.EINVAL,
            $"{propertyName} (token {token}) of the session \"{session.Name}\" could not be retrieved: {cause.Message} "
            + "All files are still in the session: take them from the Session of this exception, or dispose that to finish it.",
            cause)
    {
        Session = session;
        PropertyName = propertyName;
        Token = token;
    }

    /// <summary>The session, retrieved and open. A session can be retrieved once: dispose this, or the files stay busy until the next reboot.</summary>
    public LiveUpdateSession Session { get; }

    /// <summary>The property that could not be set.</summary>
    public string PropertyName { get; }

    /// <summary>Its token.</summary>
    public ulong Token { get; }
}
