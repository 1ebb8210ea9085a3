namespace LuoHandlers.Orchestrator;

/// <summary>Sessions in the order of their creation, found by name. Thread-safe.</summary>
internal sealed class SessionList
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Session> _sessions = [];
    private readonly Dictionary<string, LinkedListNode<Session>> _byName = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
                return _sessions.Count;
        }
    }

    /// <summary>Held over several steps that must see one state.</summary>
    public Lock Lock => _lock;

    public Session[] ToArray()
    {
        lock (_lock)
            return [.. _sessions];
    }

    public Session? Find(SessionName name)
    {
        lock (_lock)
            return _byName.TryGetValue(name.Key, out LinkedListNode<Session>? node) ? node.Value : null;
    }

    /// <returns>False: there is one of that name.</returns>
    public bool TryAdd(Session session)
    {
        lock (_lock)
        {
            if (_byName.ContainsKey(session.Name.Key))
                return false;
            _byName.Add(session.Name.Key, _sessions.AddLast(session));
            return true;
        }
    }

    public void Remove(Session session)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(session.Name.Key, out LinkedListNode<Session>? node) && node.Value == session)
            {
                _byName.Remove(session.Name.Key);
                _sessions.Remove(node);
            }
        }
    }
}
