using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>In Retrieve: the files of the session that a file can depend on, by <see cref="DependsOnAttribute{TFile}"/>.</summary>
/// <typeparam name="TFile">The type of those files.</typeparam>
public readonly ref struct IncomingDependency<TFile>
    where TFile : LuoFile
{
    private readonly ISessionFiles? _files;

    /// <summary>Creates the look-up, as generated code does.</summary>
    /// <param name="args">The arguments of retrieve.</param>
    public IncomingDependency(scoped in LiveUpdateFileOpArgs args) => _files = args.Session;

    /// <summary>Finds a file by the token that was handed over, and retrieves it if nobody has yet. The token is not trusted.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The file. The session keeps it until it is finished: take a reference (<see cref="LuoFile.Get"/>) to keep it longer.</returns>
    /// <exception cref="DependencyException"><see cref="Errno.ENOENT"/>: the session has no such token. <see cref="Errno.EINVAL"/>: the file is of
    /// another type, or it depends on the file that is being retrieved. Or the errno with which the file could not be retrieved.</exception>
    public TFile GetFile(ulong token)
    {
        LuoFile? file = null;
        int result = _files?.RetrieveForDependent(token, out file) ?? -(int)Errno.EOPNOTSUPP;
        if (file is TFile typed)
            return typed;
        Errno errno = result < 0 ? (Errno)(-result) : Errno.EINVAL;
        throw new DependencyException(errno, typeof(TFile), token, $"The file depends on token {token} of its session, a {typeof(TFile).Name}, " + errno switch
        {
            Errno.ENOENT => "which is not there.",
            Errno.EINVAL when file is not null => $"which is a {file.GetType().Name}.",
            Errno.EOPNOTSUPP when _files is null => "but there is no session to look it up in.",
            _ => $"which could not be retrieved ({errno}).",
        });
    }
}
