using System.ComponentModel;
using LuoHandlers.Uapi;

namespace LuoHandlers.Emulation;

/// <summary>What generated code keeps of a typed session as a whole. The properties are passed in the order of their tokens.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TypedSession
{
    /// <summary>The session in LUO, while it is preserved or retrieved.</summary>
    public LiveUpdateSession? Session { get; private set; }

    /// <summary>Creates the session and preserves all files; or, if one fails, none.</summary>
    /// <exception cref="InvalidOperationException">The session is preserved or retrieved already, or a property has no file.</exception>
    /// <exception cref="LuoException">As <see cref="LiveUpdateDevice.CreateSession"/> or <see cref="SessionFiles.PreserveFile"/>.</exception>
    public void Preserve(LiveUpdateDevice device, string name, ReadOnlySpan<TokenProperty> properties)
    {
        ArgumentNullException.ThrowIfNull(device);
        ThrowIfOpen($"The session \"{name}\" can't be preserved");
        foreach (TokenProperty property in properties)
        {
            if (property is { IsOptional: false, File: null })
                throw property.CreateMissingException();
        }
        LiveUpdateSession session = device.CreateSession(name);
        try
        {
            foreach (TokenProperty property in properties)
            {
                if (property.File is { } file)
                    session.PreserveFile(property.Token, file);
            }
        }
        catch
        {
            // LUO can't take back one file: closing the session takes back all of them, the last one first.
            session.Dispose();
            throw;
        }
        Session = session;
    }

    /// <summary>Retrieves the session and all files.</summary>
    /// <exception cref="LuoException">As <see cref="LiveUpdateDevice.RetrieveSession"/>.</exception>
    /// <exception cref="TypedSessionException">A file could not be retrieved, or is of another type.</exception>
    public void Retrieve(LiveUpdateDevice device, string name, ReadOnlySpan<TokenProperty> properties)
    {
        ArgumentNullException.ThrowIfNull(device);
        LiveUpdateSession session = device.RetrieveSession(name);
        foreach (TokenProperty property in properties)
        {
            try
            {
                property.Retrieve(session);
            }
            catch (Exception exception)
            {
                // Closing the session would finish it, and lose what is in it: the caller decides.
                Clear(properties);
                throw new TypedSessionException(session, property.Name, property.Token, exception);
            }
        }
        Session = session;
    }

    /// <summary>Finishes the session; the files stay.</summary>
    /// <exception cref="InvalidOperationException">The session is neither preserved nor retrieved.</exception>
    /// <exception cref="LuoException">As <see cref="LiveUpdateSession.Finish"/>.</exception>
    public void Finish() => (Session ?? throw new InvalidOperationException("The session is not retrieved: there is nothing to finish.")).Finish();

    /// <summary>Closes the session, and puts the files.</summary>
    public void Dispose(ReadOnlySpan<TokenProperty> properties)
    {
        Session?.Dispose();
        Session = null;
        Clear(properties);
    }

    internal void ThrowIfOpen(string what)
    {
        if (Session is { } session)
            throw new InvalidOperationException(
                $"{what}: it is {(session.IsRetrieved ? "retrieved" : "preserved")} already, as \"{session.Name}\", and LUO would not learn of a change. Dispose it before, or use another object.");
    }

    private static void Clear(ReadOnlySpan<TokenProperty> properties)
    {
        foreach (TokenProperty property in properties)
            property.Clear();
    }
}
