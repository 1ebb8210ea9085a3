using LuoHandlers.Emulation;
using LuoHandlers.Images;
using LuoHandlers.Kho;
using LuoHandlers.Manifests;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Inspection;

/// <summary>
/// What a kernel handed over, read without booting the next one: KHO's root and preserved memory, LUO's sessions, files and FLBs. Everything is
/// checked; the report is either complete, or not made at all. Dispose it to give up the memory of an image.
/// </summary>
public sealed class HandoverReport : IDisposable
{
    private readonly PhysicalMemory? _ownMemory;

    private HandoverReport(HandedOverMemory memory, PhysicalMemory? ownMemory, KernelProfile? kernel)
    {
        _ownMemory = ownMemory;
        RootAddress = memory.RootAddress;
        KhoCompatible = memory.Format.Compatible;
        Metadata = memory.Metadata;
        PreservedRanges = [.. memory.Ranges.Select(range => range.Folio)];
        if (memory.Root.FindSubtree(HandoverFormat.SubtreeName) is { } subtree)
            ReadLuo(memory, subtree, kernel);
    }

    /// <summary>The compatible string of the KHO root.</summary>
    public string KhoCompatible { get; }

    /// <summary>Where the KHO root is.</summary>
    public PhysicalAddress RootAddress { get; }

    /// <summary>What the kernel said of itself; null if it said nothing.</summary>
    public KexecMetadata? Metadata { get; }

    /// <summary>The ABI string of LUO; null if LUO handed over nothing.</summary>
    public string? LuoCompatible { get; private set; }

    /// <summary>The number of the live update; null if LUO handed over nothing.</summary>
    public ulong? LiveUpdateNumber { get; private set; }

    /// <summary>All memory that was handed over, by ascending address.</summary>
    public IReadOnlyList<Folio> PreservedRanges { get; }

    /// <summary>The FLBs.</summary>
    public IReadOnlyList<HandoverFlb> Flbs { get; private set; } = [];

    /// <summary>The sessions, in the order of their creation.</summary>
    public IReadOnlyList<HandoverSession> Sessions { get; private set; } = [];

    /// <summary>Reads an image.</summary>
    /// <param name="path">The image, as <see cref="Machine.FromImage(string, MachineOptions?, ImageOptions?)"/> takes it.</param>
    /// <param name="image">What the image does not say itself.</param>
    /// <param name="kernel">The kernel that must be able to take it; null: the newest one that can.</param>
    /// <exception cref="InvalidImageException">It is no image, or truncated, or contradicts itself, or it is not clear where its root is.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static HandoverReport Read(string path, ImageOptions? image = null, KernelProfile? kernel = null)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, image, kernel);
    }

    /// <summary>Reads an image.</summary>
    /// <param name="stream">The image, from the stream's beginning; it must be able to seek.</param>
    /// <param name="image">What the image does not say itself.</param>
    /// <param name="kernel">The kernel that must be able to take it; null: the newest one that can.</param>
    /// <exception cref="InvalidImageException">It is no image, or truncated, or contradicts itself, or it is not clear where its root is.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    public static HandoverReport Read(Stream stream, ImageOptions? image = null, KernelProfile? kernel = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // An image without a root for this kernel is none that it could take: the search, too, is for its root alone.
        IReadOnlyList<KhoFormat> formats = kernel is null ? KernelProfile.KhoFormats : [kernel.Kho];
        MemoryImage read = MemoryImage.Read(stream, image ?? new ImageOptions(), formats, HandoverFormat.SubtreeName);
        try
        {
            return new HandoverReport(HandedOverMemory.Read(read.Memory, read.Present, read.Root, formats), read.Memory, kernel);
        }
        catch
        {
            read.Memory.Dispose();
            throw;
        }
    }

    /// <summary>Reads what the last kernel of a machine handed over. The contents of memfds are to be read before the next kernel boots.</summary>
    /// <exception cref="InvalidOperationException">Nothing was handed over that no kernel has taken over yet.</exception>
    /// <exception cref="InvalidHandoverException">What was handed over is not valid.</exception>
    public static HandoverReport Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new HandoverReport(machine.ReadHandover(), null, null);
    }

    /// <summary>The file of a token in a session of a name; null if there is none.</summary>
    public HandoverFile? FindFile(string session, ulong token) =>
        Sessions.FirstOrDefault(candidate => candidate.Name == session)?.Files.FirstOrDefault(file => file.Token == token);

    /// <summary>Finds out what of that which was handed over a program could not take. An image does not tell the layouts, so that only strings are compared.</summary>
    /// <param name="next">What the program can retrieve.</param>
    /// <returns>What would be lost, by session and token; the FLBs, of which the image does not say whose they are, come last.</returns>
    public PreflightReport Preflight(ProgramManifest next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return PreflightReport.Create(next, [
            .. Sessions.SelectMany(session => session.Files, (session, file) => new PreservedItem(file.Compatible, LiveUpdateAbiKind.FileHandler, session.Name, file.Token, "")),
            .. Flbs.Select(flb => new PreservedItem(flb.Name, LiveUpdateAbiKind.Flb, null, null, "")),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose() => _ownMemory?.Dispose();

    private void ReadLuo(HandedOverMemory memory, KhoSubtree subtree, KernelProfile? kernel)
    {
        (HandoverFormat format, IncomingHandover handover) = ReadHandover(memory, subtree, kernel);
        LuoCompatible = format.Compatible;
        LiveUpdateNumber = handover.LiveUpdateNumber;
        // What LUO itself has is given up before the files are looked at, so that nothing else can have it.
        handover.Sessions?.Free();
        if (handover.Flbs is { } flbs)
            Flbs = ReadFlbs(memory, flbs);
        Sessions = ReadSessions(memory, format, handover.Sessions);
    }

    private static HandoverFlb[] ReadFlbs(HandedOverMemory memory, KhoRange page)
    {
        if (!memory.TryRestoreFree(page))
            throw new InvalidHandoverException(page.Address, "the page of FLBs", "holds sessions, too");
        ulong count = FlbPage.ReadCount(memory.GetSpan(page));
        if (count > FlbPage.Capacity)
            throw new InvalidHandoverException(page.Address, "the page of FLBs", $"counts {count} entries, where {FlbPage.Capacity} are possible");
        return [.. FlbPage.ReadAll(memory, page).Select(flb => new HandoverFlb(flb.Compatible.ToString(), flb.Data, flb.Count))];
    }

    private static List<HandoverSession> ReadSessions(HandedOverMemory memory, HandoverFormat format, IncomingEntries? entries)
    {
        var memfds = new MemfdReader(memory);
        var names = new HashSet<SessionName>();
        var sessions = new List<HandoverSession>();
        if (entries is { IsCutShort: true })
            throw new InvalidHandoverException(memory.RootAddress, "the array of sessions behind the KHO root", "counts more sessions than it can hold");
        for (int i = 0; i < entries?.Count; i++)
        {
            SessionEntry entry = SessionEntry.Read(entries[i]);
            if (!names.Add(entry.Name))
                throw new InvalidHandoverException(entry.Files, $"the file block of session {i}, \"{entry.Name}\",", "belongs to a name that an earlier session has");
            sessions.Add(ReadSession(memory, format, memfds, entry));
        }
        return sessions;
    }

    /// <summary>Reads LUO's root in the format of the kernel that wrote it: some kernels that differ in it have the same KHO root.</summary>
    private static (HandoverFormat Format, IncomingHandover Handover) ReadHandover(HandedOverMemory memory, KhoSubtree subtree, KernelProfile? kernel)
    {
        KernelPanicException? refusal = null;
        // The newest first: an older one would take what a newer one wrote, and miss the rest.
        foreach (KernelProfile profile in kernel is null ? KernelProfile.All.Reverse() : [kernel])
        {
            if (profile.Kho.Compatible != memory.Format.Compatible)
                continue;
            try
            {
                return (profile.Format, profile.Format.ReadIncoming(memory, NoFaults, subtree, BadEntries.Fatal));
            }
            catch (KernelPanicException e)
            {
                refusal ??= e;
            }
        }
        throw new InvalidHandoverException(subtree.Address, "LUO's root", $"would make {kernel?.ToString() ?? "the next kernel"} panic: {refusal?.Message.TrimEnd('.')}");
    }

    private static HandoverSession ReadSession(HandedOverMemory memory, HandoverFormat format, MemfdReader memfds, SessionEntry entry)
    {
        var files = new List<HandoverFile>();
        string session = $"session \"{entry.Name}\"";
        if (entry.Files.IsNull)
        {
            if (entry.FileCount != 0)
                throw new InvalidHandoverException(entry.Files, $"the file block of {session}", $"should have {entry.FileCount} files");
            return new HandoverSession(entry.Name.ToString(), files);
        }
        if (!format.TryReadFiles(memory, NoFaults, entry, BadEntries.Fatal, out IncomingEntries entries, out string fault))
            throw new InvalidHandoverException(entry.Files, $"the file block of {session}", $"can't be taken: {fault.TrimEnd('.')}");
        if (entries.IsCutShort)
            throw new InvalidHandoverException(entry.Files, $"the array of files of {session}", $"should have {entry.FileCount} files, which it can't hold");
        for (int i = 0; i < entries.Count; i++)
        {
            FileEntry file = FileEntry.Read(entries[i]);
            HandoverMemfd? memfd = memfds.Read(file, $"the {file.Compatible} 0x{file.Token:x} in {session}");
            files.Add(new HandoverFile(file.Compatible.ToString(), file.Token, file.Data, memfd));
        }
        entries.Free();
        return new HandoverSession(entry.Name.ToString(), files);
    }

    private static FaultInjection NoFaults { get; } = new();
}
