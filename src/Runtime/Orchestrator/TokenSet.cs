using LuoHandlers.Collections;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// All tokens of what this kernel preserves, where they must be unique over all sessions, as in the first series of LUO with sessions.
/// Thread-safe.
/// </summary>
internal sealed class TokenSet
{
    private readonly Lock _lock = new();
    private readonly UInt64Set _tokens = new();

    /// <returns>False: another file has the token.</returns>
    public bool TryAdd(ulong token)
    {
        lock (_lock)
            return _tokens.Add(token);
    }

    public void Remove(ulong token)
    {
        lock (_lock)
            _tokens.Remove(token);
    }
}
