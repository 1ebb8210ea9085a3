using LuoHandlers.Conformance.Model;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance;

/// <summary>The runtime's names for what the format can make fail.</summary>
internal static class FaultMapping
{
    public static FaultPoint PointOf(FaultKind kind) => kind switch
    {
        FaultKind.Kzalloc => FaultPoint.KernelAllocation,
        FaultKind.KhoAlloc => FaultPoint.KhoAllocation,
        FaultKind.AnonFile => FaultPoint.AnonymousFile,
        FaultKind.KhoAddSubtree => FaultPoint.KhoSubtree,
        FaultKind.KhoFinalize => FaultPoint.KhoFinalize,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
