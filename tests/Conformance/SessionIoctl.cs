namespace LuoHandlers.Conformance;

/// <summary>The numbers and layouts of LUO's ioctls, written down once more so that the runtime's own are checked too.</summary>
internal static class SessionIoctl
{
    public const uint CreateSession = 0xba00;
    public const uint RetrieveSession = 0xba01;
    public const uint PreserveFd = 0xba40;
    public const uint RetrieveFd = 0xba41;
    public const uint Finish = 0xba42;
    public const uint GetName = 0xba43;

    /// <summary>Size of the arguments with a name: size (4), descriptor or reserved (4), name.</summary>
    public const int NamedSize = 72;

    /// <summary>Size of the arguments with a token: size (4), descriptor (4), token (8).</summary>
    public const int TokenSize = 16;

    /// <summary>Size of the argument of <see cref="Finish"/>: size (4), reserved (4).</summary>
    public const int FinishSize = 8;

    /// <summary>Where the descriptor or the reserved field is, in all of them.</summary>
    public const int DescriptorOffset = 4;

    public const int NameOffset = 8;
    public const int NameSize = 64;
    public const int TokenOffset = 8;
}
