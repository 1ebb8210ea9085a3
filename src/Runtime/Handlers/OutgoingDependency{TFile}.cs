using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>In Preserve: the files of the session that a file can depend on, by <see cref="DependsOnAttribute{TFile}"/>.</summary>
/// <typeparam name="TFile">The type of those files.</typeparam>
public readonly ref struct OutgoingDependency<TFile>
    where TFile : LuoFile
{
    private readonly ISessionFiles? _files;

    /// <summary>Creates the look-up, as generated code does.</summary>
    /// <param name="args">The arguments of preserve.</param>
    public OutgoingDependency(scoped in LiveUpdateFileOpArgs args) => _files = args.Session;

    /// <summary>The token under which the next kernel finds a file: to be handed over, in 64 bits.</summary>
    /// <param name="file">The file that is depended on.</param>
    /// <exception cref="DependencyException"><see cref="Errno.ENOENT"/>: it is not preserved in this session. Files that others depend on are preserved first.</exception>
    public ulong GetToken(TFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _files?.FindToken(file) ?? throw new DependencyException(
            Errno.ENOENT,
            typeof(TFile),
            null,
            $"The file depends on a {file.GetType().Name} that is not preserved in its session: preserve that one first, in the same session.");
    }
}
