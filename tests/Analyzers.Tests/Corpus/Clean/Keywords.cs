using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.Keywords;

/// <summary>Names that are words of the language.</summary>
public sealed class @class : LuoFile
{
    public ulong @long;
}

[PreservedState]
public struct @struct
{
    public ulong @ulong;
}

[LiveUpdateFileHandler("keywords-v1")]
public sealed partial class @event
{
    bool CanPreserve(@class @this) => @this.@long != 0;
    void Preserve(@class @in, out @struct @out) => @out = new() { @ulong = @in.@long };
    void Unpreserve(@class @is) { }
    @class Retrieve(in @struct @ref) => new() { @long = @ref.@ulong };
    void Finish(@class? @null) { }
}
