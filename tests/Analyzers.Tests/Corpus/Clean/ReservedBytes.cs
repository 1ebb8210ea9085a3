using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.ReservedBytes;

/// <summary>Room for later versions, which must be zero, and flags of which none is defined yet.</summary>
public sealed class Token : LuoFile
{
    public ulong Id { get; init; }
}

[PreservedState]
public struct TokenState
{
    public ulong Id;
    public uint Flags;
    public uint Reserved;
    public ulong Reserved2;
}

[LiveUpdateFileHandler("token-v1")]
public sealed partial class TokenHandler
{
    bool CanPreserve(Token file) => file.Id != 0;

    void Preserve(Token file, out TokenState state) => state = new() { Id = file.Id };

    void Unpreserve(Token file) { }

    Token Retrieve(in TokenState state)
    {
        if (state.Flags != 0 || state.Reserved != 0 || state.Reserved2 != 0)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The handed-over token has unknown flags: 0x{state.Flags:x}.");
        return new Token { Id = state.Id };
    }

    void Finish(Token? file) { }
}
