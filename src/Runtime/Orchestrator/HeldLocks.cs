namespace LuoHandlers.Orchestrator;

/// <summary>
/// What the current thread is inside of, in whatever kernel: callbacks may start further operations, of their own kernel or of another one. It tells
/// an operation inside another one from one that would wait for itself.
/// </summary>
internal static class HeldLocks
{
    [ThreadStatic]
    private static List<object>? _held;

    public static bool Contains(object held) => _held is { } list && list.Contains(held);

    public static void Push(object held) => (_held ??= []).Add(held);

    /// <summary>Takes back the last <see cref="Push"/> of the same object; scopes end in the order opposite to that in which they began.</summary>
    public static void Pop() => _held!.RemoveAt(_held.Count - 1);
}
