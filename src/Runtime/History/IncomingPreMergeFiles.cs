using System.Text;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>The files that the previous kernel handed over, from whatever session.</summary>
internal sealed class IncomingPreMergeFiles
{
    private readonly KexecHandover _kho;
    private readonly BadEntries _badEntries;
    private readonly PhysicalAddress _address;
    private readonly KhoRange? _tree;
    private readonly IReadOnlyList<DeviceTreeNode> _entries = [];

    /// <summary>What is wrong with the tree as a whole, where that does not stop the machine.</summary>
    private readonly string? _fault;

    /// <summary>By ascending token; null until the first file is asked for, for which all handlers must be registered.</summary>
    private SortedDictionary<ulong, PreMergeFile>? _files;

    /// <summary>Reads the tree of what was handed over.</summary>
    /// <exception cref="KernelPanicException">It can't be read, and that is to stop the machine.</exception>
    public IncomingPreMergeFiles(KexecHandover kho, BadEntries badEntries, PhysicalAddress address)
    {
        _kho = kho;
        _badEntries = badEntries;
        _address = address;
        try
        {
            _tree = kho.TryFindInherited(address, out KhoRange tree) ? tree : throw new InvalidDeviceTreeException("it is no inherited memory");
            _entries = PreMergeTree.ReadEntries(kho.GetSpan(tree));
        }
        catch (InvalidDeviceTreeException e)
        {
            _fault = $"What LUO was handed over at {address} can't be read: {e.Fault}.";
            if (!badEntries.AreIsolated)
                throw new KernelPanicException(_fault);
        }
    }

    /// <summary>Retrieves a file, once.</summary>
    /// <param name="token">The token of the file.</param>
    /// <param name="handlers">All handlers.</param>
    /// <param name="callbacks">Who calls them.</param>
    /// <param name="file">The file, with a reference for the caller.</param>
    /// <returns>0, or negative ENOENT: there is none; EINVAL: it was asked for before; or the errno of the handler.</returns>
    public int Retrieve(ulong token, PreMergeHandlerRegistry handlers, PreMergeCallbacks callbacks, out LuoFile? file)
    {
        file = null;
        if (!GetFiles(handlers).TryGetValue(token, out PreMergeFile? record))
            return -(int)Errno.ENOENT;
        if (record.IsReclaimed)
            return -(int)Errno.EINVAL;
        record.IsReclaimed = true;
        int result = callbacks.Retrieve(record);
        if (result != 0)
            return result;
        file = record.File!;
        file.Get();
        return 0;
    }

    /// <summary>Finishes all files.</summary>
    public void Finish(PreMergeHandlerRegistry handlers, PreMergeCallbacks callbacks)
    {
        foreach (PreMergeFile file in GetFiles(handlers).Values)
        {
            callbacks.Finish(file);
            file.File?.TryPut();
        }
        if (_tree is { } tree)
            _kho.RestoreFree(tree);
    }

    private SortedDictionary<ulong, PreMergeFile> GetFiles(PreMergeHandlerRegistry handlers)
    {
        if (_files is not null)
            return _files;
        var files = new SortedDictionary<ulong, PreMergeFile>();
        if (_fault is not null)
            _badEntries.TryIsolate(_fault);
        foreach (DeviceTreeNode entry in _entries)
        {
            if (Read(entry, handlers, files, out ulong? token) is { } fault && !_badEntries.TryIsolate(fault, token: token))
                throw new KernelPanicException($"A file that was handed over in the tree at {_address} can't be taken. {fault}");
        }
        return _files = files;
    }

    /// <returns>Why the entry can't be taken; null: it was.</returns>
    private static string? Read(DeviceTreeNode entry, PreMergeHandlerRegistry handlers, SortedDictionary<ulong, PreMergeFile> files, out ulong? token)
    {
        if (PreMergeTree.ReadEntry(entry, out token, out ReadOnlySpan<byte> compatible, out ulong data) is { } fault)
            return fault;
        if (files.ContainsKey(token!.Value))
            return $"The token {entry.Name} is there twice; the first file has it.";
        if (handlers.FindByCompatible(compatible) is not { } handler)
        {
            return $"There is no handler \"{Encoding.UTF8.GetString(compatible)}\" for the file {entry.Name}, which has the data 0x{data:x}. "
                + "Register it before the first file is retrieved.";
        }
        files.Add(token.Value, new PreMergeFile(handler, token.Value) { Data = data });
        return null;
    }
}
