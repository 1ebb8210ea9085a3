namespace LuoHandlers;

/// <summary>
/// Makes a method of a handler the upgrade from an older version: files that were preserved under its compatible string are retrieved by the
/// handler, which gets the state that the method makes of the old one.
/// </summary>
/// <remarks>
/// <para>LUO matches compatible strings exactly. The generator therefore registers the handler a second time, under the old string, to retrieve
/// and finish only: no file is ever preserved under it again. That registration uses the FLBs of the handler.</para>
/// <para>The method takes the old state, a struct with <see cref="PreservedStateAttribute"/>, as <c>in</c>, and the kernel's
/// <see cref="Kho.IKho"/> if it wants to. It returns the state that the handler preserves now; or an <see cref="Errno"/> and the state in an
/// <c>out</c> parameter.</para>
/// <para>The generated code owns the memory of the old state: it is given up after Retrieve, whether that succeeds or not, and by Finish of a
/// file that nobody retrieved. The method is called for each of Retrieve, CanFinish and Finish that takes the state, so it must only read what
/// the old state refers to, and use nothing up. A method that fails fails the callback: the file can't be retrieved (finish goes on after that),
/// and Finish of a file that nobody retrieved can give up nothing but the old state itself.</para>
/// </remarks>
/// <param name="compatible">The compatible string of the older version, as <see cref="LiveUpdateFileHandlerAttribute"/> had it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetrievesFromAttribute(string compatible) : Attribute
{
    /// <summary>The compatible string of the older version.</summary>
    public string Compatible { get; } = compatible;
}
