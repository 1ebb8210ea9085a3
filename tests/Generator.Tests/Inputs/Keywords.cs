using LuoHandlers;
using LuoHandlers.Vfs;

namespace @namespace.@event.LuoHandlers.global;

public sealed class @class : LuoFile;

[PreservedState]
public struct @struct
{
    public ulong @ulong;
    public ulong @long;
}

public sealed class @object;

public partial class @record
{
    [LiveUpdateFileHandler("keyword\"s\\ \u00e4-v1")]
    public sealed partial class @partial
    {
        private bool CanPreserve(@class @in) => true;

        private void Preserve(@class @out, out @struct @ref, out @object @this)
        {
            @ref = new @struct { @ulong = 1, @long = 2 };
            @this = new @object();
        }

        private void Unpreserve(@class args, in @struct state, @object memory) => _ = state.@ulong;

        private @class Retrieve(in @struct args) => new();

        private void Finish(@class? isInherited, in @struct @default) => _ = @default.@long;
    }
}
