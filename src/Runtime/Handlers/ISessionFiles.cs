using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>The other files of a file's session, as a callback may ask for them.</summary>
internal interface ISessionFiles
{
    /// <summary>The token of a file that is preserved in the session; null if it is not.</summary>
    ulong? FindToken(LuoFile file);

    /// <summary>Gets a file that was handed over in the session, retrieving it the first time.</summary>
    /// <param name="token">Its token.</param>
    /// <param name="file">The file, without a reference.</param>
    /// <returns>0; negative ENOENT: there is no such token; EINVAL: the file is being retrieved just now, so that it depends on itself; or the
    /// errno of retrieve.</returns>
    int RetrieveForDependent(ulong token, out LuoFile? file);
}
