using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Profiles;
using Microsoft.Extensions.Logging;

namespace LuoHandlers.Emulation;

/// <summary>What a machine is made of.</summary>
public sealed record MachineOptions
{
    /// <summary>The address of the first byte of memory; a multiple of 4096.</summary>
    public ulong MemoryBase { get; init; } = 0x100000;

    /// <summary>The size of the memory in bytes; a multiple of 4096. Only what is used takes real memory.</summary>
    public ulong MemorySize { get; init; } = 16UL << 30;

    /// <summary>Which kernel the machine boots.</summary>
    public KernelProfile Kernel { get; init; } = KernelProfile.Linux7_2;

    /// <summary>What the machine's kernels do about what was handed over and can't be taken.</summary>
    public BadEntryPolicy OnBadEntry { get; init; } = BadEntryPolicy.Fail;

    /// <summary>
    /// Whether a token may be used once over all sessions (else EEXIST), as in the first series of LUO with sessions. No Linux does this.
    /// </summary>
    public bool UniqueTokens { get; init; }

    /// <summary>Where the kernel's messages go; null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
