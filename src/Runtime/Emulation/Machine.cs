using System.Diagnostics.CodeAnalysis;
using LuoHandlers.Memory;

namespace LuoHandlers.Emulation;

/// <summary>
/// An emulated machine: what outlives a kernel. It has memory and boots one kernel after the other; each finds only what the one before
/// left in memory. Not thread-safe; its kernels are.
/// </summary>
public sealed class Machine : IDisposable
{
    private Kernel? _running;

    internal Machine(MachineOptions options, PhysicalMemory memory, PhysicalAddress handoverRoot)
    {
        Options = options;
        Memory = memory;
        HandoverRoot = handoverRoot;
    }

    /// <summary>What the machine is made of.</summary>
    public MachineOptions Options { get; }

    /// <summary>The memory.</summary>
    public PhysicalMemory Memory { get; }

    /// <summary>Where the last kernel left the root of what it handed over; null address if it left nothing.</summary>
    public PhysicalAddress HandoverRoot { get; private set; }

    /// <summary>When the live update that replaced the program of this process happened; null if none did.</summary>
    public KexecTimeline? LastKexec { get; private init; }

    /// <summary>The kernel that runs; null before the first boot and after a reboot.</summary>
    public Kernel? Running => _running is { IsReplaced: false } ? _running : null;

    /// <summary>Makes a machine with empty memory.</summary>
    /// <exception cref="ArgumentException">The memory's base or size is not possible.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    public static Machine Create(MachineOptions? options = null)
    {
        options ??= new MachineOptions();
        return new Machine(options, PhysicalMemory.Create(new PhysicalAddress(options.MemoryBase), options.MemorySize), PhysicalAddress.Null);
    }

    /// <summary>
    /// The machine that the previous program of this process left behind by <see cref="Kernel.KexecProcess"/>, or else a new one.
    /// </summary>
    /// <param name="options">The memory's base and size are those of the machine that was left behind, if there is one.</param>
    /// <exception cref="ErrnoException">The memory could not be made or mapped.</exception>
    /// <exception cref="FormatException">Somebody else wrote the environment variable that tells of the machine.</exception>
    public static Machine Open(MachineOptions? options = null) => TryInherit(options, out Machine? machine) ? machine : Create(options);

    /// <summary>Takes over the machine that the previous program of this process left behind, once.</summary>
    /// <returns>False: this process was not started by a live update.</returns>
    /// <exception cref="ErrnoException">The memory could not be mapped.</exception>
    /// <exception cref="FormatException">Somebody else wrote the environment variable that tells of the machine.</exception>
    public static bool TryInherit(MachineOptions? options, [NotNullWhen(true)] out Machine? machine)
    {
        machine = null;
        if (ProcessHandover.Take() is not { } handover)
            return false;
        options = (options ?? new MachineOptions()) with { MemoryBase = handover.MemoryBase, MemorySize = handover.MemorySize };
        PhysicalMemory memory = PhysicalMemory.Inherit(new PhysicalAddress(handover.MemoryBase), handover.MemorySize, handover.Descriptor);
        machine = new Machine(options, memory, handover.Root) { LastKexec = handover.Timeline };
        return true;
    }

    /// <summary>Boots the next kernel. It takes over what the last one handed over.</summary>
    /// <exception cref="InvalidOperationException">A kernel is running.</exception>
    /// <exception cref="Orchestrator.KernelPanicException">What was handed over is not for this kernel; it is lost.</exception>
    /// <exception cref="Kho.InvalidHandoverException">What was handed over breaks its format in a way that Linux does not check.</exception>
    public Kernel Boot(BootOptions? options = null)
    {
        if (Running is not null)
            throw new InvalidOperationException("A kernel is running: replace it by Kexec, or make another machine.");
        // What was handed over is for the next kernel alone, whether it takes it or not.
        PhysicalAddress incoming = HandoverRoot;
        HandoverRoot = PhysicalAddress.Null;
        _running = new Kernel(this, options ?? new BootOptions(), incoming);
        return _running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running?.Retire();
        Memory.Dispose();
    }

    internal void HandOver(PhysicalAddress root) => HandoverRoot = root;
}
