using LuoHandlers.Orchestrator.Profiles;

namespace MemfdHandlerSample.Demo;

/// <summary>What was asked for.</summary>
internal sealed record DemoOptions(long Size, bool InProcess, FailingCallback Fail, bool Json, KernelProfile Kernel)
{
    /// <summary>The most that the large memfd may have: 1 TiB.</summary>
    public const long MaximumSize = 1L << 40;

    private const ulong Spare = 256UL << 20;

    /// <summary>The memory of the machine: the large memfd, and room for all else.</summary>
    public ulong MachineMemory => (((ulong)Size + ((ulong)Size >> 4)) & ~0x1fffffUL) + Spare;
}
