using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Emulation;

/// <summary>Preserves and retrieves the files of an emulated kernel themselves, without descriptors.</summary>
public static class SessionFiles
{
    /// <summary>Preserves a file.</summary>
    /// <param name="session">A session that was created on an emulated kernel.</param>
    /// <param name="token">The number under which the next kernel gives it out; any, unique in the session.</param>
    /// <param name="file">The file; the caller keeps its reference.</param>
    /// <exception cref="LuoException">As <see cref="LiveUpdateSession.PreserveFd"/>.</exception>
    /// <exception cref="NotSupportedException">The session is none of an emulated kernel.</exception>
    public static void PreserveFile(this LiveUpdateSession session, ulong token, LuoFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Kernel kernel = GetKernel(session);
        file.Get();
        int descriptor = kernel.OpenFile(() => file);
        if (descriptor < 0)
        {
            file.Put();
            throw new LuoException($"Preserving a file as token {token} of the session \"{session.Name}\"", (Errno)(-descriptor), "there is no free descriptor.");
        }
        try
        {
            session.PreserveFd(token, descriptor);
        }
        finally
        {
            _ = kernel.Close(descriptor);
        }
    }

    /// <summary>Gets a file of a retrieved session.</summary>
    /// <typeparam name="TFile">The type of the file.</typeparam>
    /// <param name="session">A session that was retrieved from an emulated kernel.</param>
    /// <param name="token">The number under which it was preserved.</param>
    /// <returns>The file, with a reference that the caller puts.</returns>
    /// <exception cref="LuoException">As <see cref="LiveUpdateSession.RetrieveFd"/>.</exception>
    /// <exception cref="InvalidCastException">The file is of another type; it stays in the session.</exception>
    /// <exception cref="NotSupportedException">The session is none of an emulated kernel.</exception>
    public static TFile RetrieveFile<TFile>(this LiveUpdateSession session, ulong token)
        where TFile : LuoFile
    {
        Kernel kernel = GetKernel(session);
        int descriptor = session.RetrieveFd(token);
        try
        {
            LuoFile file = kernel.GetFile(descriptor)!;
            if (file is not TFile typed)
                throw new InvalidCastException($"Token {token} of the session \"{session.Name}\" is a {file.GetType().Name}, not a {typeof(TFile).Name}.");
            typed.Get();
            return typed;
        }
        finally
        {
            _ = kernel.Close(descriptor);
        }
    }

    private static Kernel GetKernel(LiveUpdateSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Transport is KernelTransport transport
            ? transport.Kernel
            : throw new NotSupportedException($"The session \"{session.Name}\" is none of an emulated kernel: use descriptors.");
    }
}
