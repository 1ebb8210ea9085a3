namespace LuoHandlers.Generator.Binding;

/// <summary>What a callback's return value means.</summary>
internal enum ReturnConvention
{
    /// <summary>Nothing: it succeeds, or throws.</summary>
    Void,

    /// <summary>An <c>Errno</c>; <c>None</c> is success.</summary>
    Errno,

    /// <summary>A yes or no.</summary>
    Boolean,

    /// <summary>The <c>ulong</c> identity of the object behind a file.</summary>
    Identity,

    /// <summary>The retrieved file; null is a failure.</summary>
    File,

    /// <summary>The live object of an FLB; null is a failure.</summary>
    FlbObject,

    /// <summary>The state that an upgrade made of an older one.</summary>
    State,
}
