namespace LuoHandlers;

/// <summary>
/// Makes a partial class an FLB, a file-lifecycle-bound object: state that the files of one or more handlers share, preserved before the first of
/// them and finished after the last. The generator implements <see cref="Handlers.ILiveUpdateFlb{TObject}"/> from the callbacks Preserve,
/// Unpreserve, Retrieve and Finish, which it finds by name and binds by parameter type.
/// </summary>
/// <param name="compatible">
/// The string that ties what this FLB preserves to the FLB that retrieves it, matched exactly: 1 to 47 bytes of printable ASCII that end in a
/// version (48 bytes with its NUL: <c>include/linux/kho/abi/luo.h</c>, <c>struct luo_flb_ser</c>).
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LiveUpdateFlbAttribute(string compatible) : Attribute
{
    /// <summary>The compatible string.</summary>
    public string Compatible { get; } = compatible;
}
