namespace LuoHandlers.Generator.Binding;

/// <summary>What a parameter of a callback stands for.</summary>
internal enum ParameterRole
{
    /// <summary>The file: a class that derives from <c>LuoFile</c>.</summary>
    File,

    /// <summary>The state that is handed over: a <c>[PreservedState]</c> struct, whose memory the generated code owns.</summary>
    State,

    /// <summary>The handle itself: <c>ulong serializedData</c>, for authors who manage the memory themselves.</summary>
    SerializedData,

    /// <summary>An object of this kernel only: any other class.</summary>
    PrivateData,

    /// <summary>The live object of an FLB: in its own callbacks, and in those of a handler that uses it.</summary>
    FlbObject,

    /// <summary>The files that are preserved already and that the file can depend on.</summary>
    OutgoingDependency,

    /// <summary>The files that were handed over and that the file can depend on.</summary>
    IncomingDependency,

    /// <summary>What became of the retrieval.</summary>
    RetrieveStatus,

    /// <summary>Kexec Handover.</summary>
    Kho,
}
