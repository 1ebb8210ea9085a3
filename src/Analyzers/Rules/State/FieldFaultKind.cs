namespace LuoHandlers.Analyzers;

/// <summary>Why a type can't be in a state.</summary>
internal enum FieldFaultKind
{
    /// <summary>It refers to an object.</summary>
    Reference,

    /// <summary>It names something of this process by a number.</summary>
    ProcessAddress,

    /// <summary>What its bytes mean is specified nowhere.</summary>
    UnspecifiedBytes,
}
