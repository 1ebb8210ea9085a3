namespace LuoHandlers.Orchestrator.Events;

/// <summary>How the kernel complains.</summary>
public enum KernelWarningKind
{
    /// <summary>A line of severity warning (<c>pr_warn</c>).</summary>
    Warning,

    /// <summary>A line of severity error (<c>pr_err</c>).</summary>
    Error,

    /// <summary>A condition that should never hold (<c>WARN_ON</c>): a stack trace in the log, a panic with <c>panic_on_warn</c>.</summary>
    WarnOn,

    /// <summary>A reference count that went below zero or up from it, and is stuck from now on (<c>refcount_t</c>).</summary>
    Refcount,

    /// <summary>Memory of this kernel given to the function that frees inherited memory: refused, and leaked.</summary>
    KhoFreeRefused,
}
