namespace LuoHandlers.Memory;

/// <summary>A place where the kernel can run out of something, for <see cref="FaultInjection"/>.</summary>
public enum FaultPoint
{
    /// <summary>The allocation of one of LUO's own records (<c>kzalloc</c>): a session, a file, an FLB link.</summary>
    KernelAllocation,

    /// <summary>The allocation of preserved memory (<c>kho_alloc_preserve</c>).</summary>
    KhoAllocation,

    /// <summary>The creation of the anonymous file behind a session's descriptor.</summary>
    AnonymousFile,

    /// <summary>Adding LUO's subtree to the KHO root at boot (<c>kho_add_subtree</c>).</summary>
    KhoSubtree,

    /// <summary>Making the preserved memory final (<c>kho_finalize</c>); only older kernels do.</summary>
    KhoFinalize,
}
