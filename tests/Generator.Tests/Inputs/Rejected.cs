using LuoHandlers;
using LuoHandlers.Vfs;

namespace Rejecting;

public sealed class Plain : LuoFile;

public abstract class Base
{
    protected bool CanPreserve(Plain file) => true;

    protected void Preserve()
    {
    }

    protected void Unpreserve()
    {
    }

    protected Plain Retrieve() => new();

    protected void Finish()
    {
    }
}

[LiveUpdateFileHandler("whole-v1")]
public sealed class NotPartialHandler : Base;

[LiveUpdateFileHandler("whole-v1")]
public abstract partial class AbstractHandler : Base;

[LiveUpdateFileHandler("whole-v1")]
public sealed partial class GenericHandler<T> : Base;

public partial class Outer<T>
{
    [LiveUpdateFileHandler("whole-v1")]
    public sealed partial class InGenericHandler : Base;
}

public partial class Outer
{
    [LiveUpdateFileHandler("whole-v1")]
    private sealed partial class PrivateHandler : Base;

    public object Use() => new PrivateHandler();
}

[LiveUpdateFileHandler("whole-v1")]
file sealed partial class FileLocalHandler : Base;

[LiveUpdateFileHandler("")]
public sealed partial class NoCompatibleHandler : Base;

[LiveUpdateFileHandler("missing-v1")]
public sealed partial class MissingHandler
{
    public bool CanPreserve(Plain file) => true;
}
