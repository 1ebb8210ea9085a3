namespace LuoHandlers;

/// <summary>
/// Makes a partial class the live-update handler of a file type. The generator implements
/// <see cref="Handlers.ILiveUpdateFileHandler"/> from the callbacks it finds by name and binds by parameter type.
/// </summary>
/// <param name="compatible">
/// The string that ties what this handler preserves to the handler that retrieves it, matched exactly: 1 to 47 bytes of printable ASCII
/// that end in a version, <c>-v1</c>, <c>-v2</c>, … (48 bytes with its NUL: <c>include/linux/kho/abi/luo.h</c>, <c>struct luo_file_ser</c>).
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LiveUpdateFileHandlerAttribute(string compatible) : Attribute
{
    /// <summary>The compatible string.</summary>
    public string Compatible { get; } = compatible;
}
