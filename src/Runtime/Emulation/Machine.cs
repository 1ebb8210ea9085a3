using System.Diagnostics.CodeAnalysis;
using LuoHandlers.Images;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Emulation;

/// <summary>
/// An emulated machine: what outlives a kernel. It has memory and boots one kernel after the other; each finds only what the one before
/// left in memory. Not thread-safe; its kernels are.
/// </summary>
public sealed class Machine : IDisposable
{
    private Kernel? _running;

    /// <summary>What of the memory is known, until the first kernel has taken it over; null: all of it.</summary>
    private AddressRanges? _present;

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
    /// <exception cref="InvalidOperationException">A live update started this program, and nobody has taken over the machine that it left.</exception>
    public static Machine Create(MachineOptions? options = null)
    {
        // A program that began anew after each jump would jump for ever.
        if (ProcessHandover.IsWaiting)
            throw new InvalidOperationException("A live update started this program, and what it handed over would be lost in a new machine. Take over the machine that it left: Machine.Open or Machine.TryInherit, before any other is made.");
        options ??= new MachineOptions();
        if (PhysicalMemory.FindFault(new PhysicalAddress(options.MemoryBase), options.MemorySize) is { } fault)
            throw new ArgumentException(fault, nameof(options));
        return new Machine(options, PhysicalMemory.Create(new PhysicalAddress(options.MemoryBase), options.MemorySize), PhysicalAddress.Null);
    }

    /// <summary>
    /// The machine that the previous program of this process left behind by <see cref="Kernel.KexecProcess"/>, or else a new one.
    /// </summary>
    /// <param name="options">The memory's base and size are those of the machine that was left behind, if there is one.</param>
    /// <exception cref="ErrnoException">The memory could not be made or mapped.</exception>
    /// <exception cref="ArgumentException">There is none, and the memory's base or size is not possible.</exception>
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
        handover.CheckMemory();
        options = (options ?? new MachineOptions()) with { MemoryBase = handover.MemoryBase, MemorySize = handover.MemorySize };
        PhysicalMemory memory = PhysicalMemory.Inherit(new PhysicalAddress(handover.MemoryBase), handover.MemorySize, handover.Descriptor);
        machine = new Machine(options, memory, handover.Root) { LastKexec = handover.Timeline };
        return true;
    }

    /// <summary>Makes a machine with the memory of an image; its first kernel takes over what was handed over there.</summary>
    /// <param name="path">An ELF core file: as <see cref="SaveImage(string)"/> writes it, or as <c>qemu</c>'s dump-guest-memory does; or plain memory
    /// (<see cref="ImageOptions.RawBase"/>).</param>
    /// <param name="options">What the machine is made of; the memory's base and size are those of the image.</param>
    /// <param name="image">What the image does not say itself.</param>
    /// <exception cref="InvalidImageException">It is no image, or truncated, or contradicts itself, or it is not clear where its root is.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Machine FromImage(string path, MachineOptions? options = null, ImageOptions? image = null)
    {
        using FileStream stream = File.OpenRead(path);
        return FromImage(stream, options, image);
    }

    /// <summary>Makes a machine with the memory of an image; its first kernel takes over what was handed over there.</summary>
    /// <param name="stream">The image, from the stream's beginning; it must be able to seek.</param>
    /// <param name="options">What the machine is made of; the memory's base and size are those of the image.</param>
    /// <param name="image">What the image does not say itself.</param>
    /// <exception cref="InvalidImageException">It is no image, or truncated, or contradicts itself, or it is not clear where its root is.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    public static Machine FromImage(Stream stream, MachineOptions? options = null, ImageOptions? image = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        MemoryImage read = MemoryImage.Read(stream, image ?? new ImageOptions(), KernelProfile.KhoFormats, HandoverFormat.SubtreeName);
        options = (options ?? new MachineOptions()) with { MemoryBase = read.Memory.BaseAddress.Value, MemorySize = read.Memory.Size };
        return new Machine(options, read.Memory, read.Root) { _present = read.Present };
    }

    /// <summary>Boots the next kernel. It takes over what the last one handed over.</summary>
    /// <exception cref="InvalidOperationException">A kernel is running.</exception>
    /// <exception cref="Orchestrator.KernelPanicException">What was handed over is not for this kernel; it is lost.</exception>
    /// <exception cref="Kho.InvalidHandoverException">What was handed over breaks its format in a way that Linux does not check.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the memory that was not handed over is too small for Kexec Handover to begin.</exception>
    public Kernel Boot(BootOptions? options = null)
    {
        if (Running is not null)
            throw new InvalidOperationException("A kernel is running: replace it by Kexec, or make another machine.");
        // What was handed over is for the next kernel alone, whether it takes it or not.
        PhysicalAddress incoming = HandoverRoot;
        HandoverRoot = PhysicalAddress.Null;
        AddressRanges? present = _present;
        _present = null;
        _running = new Kernel(this, options ?? new BootOptions(), incoming, present);
        return _running;
    }

    /// <summary>
    /// Saves what the last kernel handed over as an ELF core file: the KHO root, the record of preserved pages and every preserved page, each at its
    /// physical address, and a note that tells where the root is. That is all that a next kernel needs. The same handover gives the same bytes.
    /// </summary>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="InvalidOperationException">Nothing was handed over that no kernel has taken over yet.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void SaveImage(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ElfCoreWriter writer = CreateImageWriter();
        using FileStream stream = File.Create(path);
        writer.Write(stream);
    }

    /// <summary>Saves what the last kernel handed over, as <see cref="SaveImage(string)"/> does.</summary>
    /// <param name="stream">Where to write; it need not be able to seek.</param>
    /// <exception cref="InvalidOperationException">Nothing was handed over that no kernel has taken over yet.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    public void SaveImage(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CreateImageWriter().Write(stream);
    }

    /// <summary>Reads what the last kernel handed over, without a kernel.</summary>
    /// <exception cref="InvalidOperationException">Nothing was handed over that no kernel has taken over yet.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    internal HandedOverMemory ReadHandover()
    {
        if (HandoverRoot.IsNull)
        {
            throw new InvalidOperationException(Running is null
                ? "There is nothing handed over: no kernel of this machine was rebooted, or it ran without Kexec Handover."
                : "There is nothing handed over: a kernel is running. Let it hand over by KexecToHandover, which boots no other; what an earlier one handed over is the running one's now.");
        }
        return HandedOverMemory.Read(Memory, _present, HandoverRoot, KernelProfile.KhoFormats);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running?.Retire();
        Memory.Dispose();
    }

    private ElfCoreWriter CreateImageWriter() => new(Memory, ReadHandover());

    internal void HandOver(PhysicalAddress root) => HandoverRoot = root;
}
