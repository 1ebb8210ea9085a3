using LuoHandlers;
using LuoHandlers.Vfs;

public sealed class Marker : LuoFile;

/// <summary>In the global namespace, with static callbacks, nothing that is optional, and no state.</summary>
[LiveUpdateFileHandler("stateless-v1")]
public sealed partial class StatelessHandler
{
    private static bool CanPreserve(Marker file) => file.ReferenceCount > 0;

    private static void Preserve()
    {
    }

    private static void Unpreserve()
    {
    }

    private static Marker Retrieve() => new();

    private static void Finish()
    {
    }
}
