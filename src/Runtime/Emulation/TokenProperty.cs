using System.ComponentModel;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Emulation;

/// <summary>What generated code keeps of one property of a typed session.</summary>
/// <param name="name">The property.</param>
/// <param name="token">Its token.</param>
/// <param name="isOptional">Whether it may have no file.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TokenProperty(string name, ulong token, bool isOptional)
{
    /// <summary>The property.</summary>
    public string Name { get; } = name;

    /// <summary>Its token.</summary>
    public ulong Token { get; } = token;

    /// <summary>Whether it may have no file.</summary>
    public bool IsOptional { get; } = isOptional;

    internal abstract LuoFile? File { get; }

    /// <summary>Takes the file out of a session; the reference that this gives is the property's.</summary>
    internal abstract void Retrieve(LiveUpdateSession session);

    /// <summary>Puts the file.</summary>
    internal abstract void Clear();

    internal InvalidOperationException CreateMissingException() =>
        new($"{Name} (token {Token}) has no file. Set it before the session is preserved, or make its type nullable if it may have none.");
}
