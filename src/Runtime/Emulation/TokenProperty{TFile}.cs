using System.ComponentModel;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Emulation;

/// <summary>What generated code keeps of one property of a typed session: the file, with a reference of the property's own.</summary>
/// <typeparam name="TFile">The type of the file.</typeparam>
/// <param name="name">The property.</param>
/// <param name="token">Its token.</param>
/// <param name="isOptional">Whether it may have no file.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TokenProperty<TFile>(string name, ulong token, bool isOptional) : TokenProperty(name, token, isOptional)
    where TFile : LuoFile
{
    private TFile? _file;

    /// <summary>The file.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TFile Required => _file ?? throw CreateMissingException();

    /// <summary>The file, or null.</summary>
    public TFile? Optional => _file;

    internal override LuoFile? File => _file;

    /// <summary>Replaces the file, and takes a reference on the new one.</summary>
    /// <param name="file">The file, or null.</param>
    /// <param name="session">The session that the property belongs to.</param>
    /// <exception cref="InvalidOperationException">The session is preserved or retrieved: LUO would not learn of the change.</exception>
    public void Set(TFile? file, TypedSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.ThrowIfOpen($"{Name} (token {Token}) can't be set");
        file?.Get();
        Clear();
        _file = file;
    }

    internal override void Retrieve(LiveUpdateSession session)
    {
        try
        {
            _file = session.RetrieveFile<TFile>(Token);
        }
        catch (LuoException exception) when (IsOptional && exception.Errno == Errno.ENOENT)
        {
            // It was not preserved.
        }
    }

    internal override void Clear()
    {
        _file?.Put();
        _file = null;
    }
}
