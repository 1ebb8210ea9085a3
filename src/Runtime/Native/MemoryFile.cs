namespace LuoHandlers.Native;

/// <summary>An anonymous memory file (<c>memfd_create</c>), mapped into the process.</summary>
internal sealed unsafe class MemoryFile : IDisposable
{
    private readonly ulong _size;

    private MemoryFile(int descriptor, ulong size, byte* start)
    {
        Descriptor = descriptor;
        _size = size;
        Start = start;
    }

    public int Descriptor { get; }

    public byte* Start { get; }

    public static MemoryFile Create(ulong size)
    {
        int descriptor = LinuxCalls.MemfdCreate("luohandlers-memory", LinuxCalls.MemfdCloseOnExec);
        if (descriptor < 0)
            throw LinuxCalls.LastError("The machine's memory can't be created");
        if (LinuxCalls.Truncate(descriptor, checked((long)size)) < 0)
        {
            ErrnoException error = LinuxCalls.LastError($"The machine's memory can't have {size} bytes");
            _ = LinuxCalls.Close(descriptor);
            throw error;
        }
        return Map(descriptor, size);
    }

    /// <summary>Why a descriptor is none of a memory file of a size; null if it is.</summary>
    public static string? FindFault(int descriptor, ulong size)
    {
        if (LinuxCalls.StatExtended(descriptor, "", LinuxCalls.AtEmptyPath, LinuxCalls.StatBasic, out LinuxFileStatus status) < 0)
            return LinuxCalls.LastError($"The descriptor {descriptor} can't be examined").Message;
        if ((status.Mode & LinuxFileStatus.TypeMask) != LinuxFileStatus.RegularFile)
            return $"The descriptor {descriptor} is none of a file.";
        if (status.Size != size)
            return $"The file of the descriptor {descriptor} has {status.Size} bytes, not {size}.";
        // Only memory files have seals; the system may be set up to add some, but none of these.
        int seals = LinuxCalls.Fcntl(descriptor, LinuxCalls.FcntlGetSeals, 0);
        if (seals < 0)
            return $"The file of the descriptor {descriptor} is no memory file.";
        return (seals & LinuxCalls.SealsAgainstWriting) == 0 ? null : $"The memory file of the descriptor {descriptor} is sealed against writing.";
    }

    /// <summary>Takes over the descriptor that the previous program image left open, and keeps further programs from inheriting it.</summary>
    public static MemoryFile Inherit(int descriptor, ulong size)
    {
        MemoryFile file = Map(descriptor, size);
        file.SetCloseOnExec(true);
        return file;
    }

    public void SetCloseOnExec(bool closeOnExec)
    {
        int flags = LinuxCalls.Fcntl(Descriptor, LinuxCalls.FcntlGetDescriptorFlags, 0);
        int wanted = closeOnExec ? flags | LinuxCalls.DescriptorCloseOnExec : flags & ~LinuxCalls.DescriptorCloseOnExec;
        if (flags < 0 || LinuxCalls.Fcntl(Descriptor, LinuxCalls.FcntlSetDescriptorFlags, wanted) < 0)
            throw LinuxCalls.LastError("The descriptor of the machine's memory can't be prepared for exec");
    }

    /// <summary>
    /// Forgets which pages are mapped; contents stay in the file, and a page that is used is mapped again. An exec has to undo every mapping of the
    /// old program: done beforehand, that does not take longer the more memory is in use.
    /// </summary>
    public void DropMappings()
    {
        if (LinuxCalls.Advise((nint)Start, (nuint)_size, LinuxCalls.AdviseDontNeed) < 0)
            throw LinuxCalls.LastError("The mappings of the machine's memory can't be dropped");
    }

    public void Dispose()
    {
        _ = LinuxCalls.Unmap((nint)Start, (nuint)_size);
        _ = LinuxCalls.Close(Descriptor);
    }

    private static MemoryFile Map(int descriptor, ulong size)
    {
        nint start = LinuxCalls.Map(
            0,
            checked((nuint)size),
            LinuxCalls.ProtectRead | LinuxCalls.ProtectWrite,
            LinuxCalls.MapShared | LinuxCalls.MapNoReserve,
            descriptor,
            0);
        if (start == LinuxCalls.MapFailed)
        {
            ErrnoException error = LinuxCalls.LastError($"The machine's memory of {size} bytes can't be mapped");
            _ = LinuxCalls.Close(descriptor);
            throw error;
        }
        return new MemoryFile(descriptor, size, (byte*)start);
    }
}
