using LuoHandlers;
using LuoHandlers.Vfs;

namespace VfioHandlerSample;

/// <summary>A file like that of <c>/dev/iommu</c>: a domain, and the memory that devices in it see.</summary>
public sealed class Iommufd : LuoFile
{
    private readonly List<IommuMapping> _mappings = [];
    private bool _isPreserved;

    /// <summary>Makes a file; it takes a reference on the memory.</summary>
    public Iommufd(Memfd memory, IommuDomain domain)
    {
        ArgumentNullException.ThrowIfNull(memory);
        memory.Get();
        Memory = memory;
        Domain = domain;
    }

    /// <summary>What is mapped.</summary>
    public Memfd Memory { get; }

    /// <summary>The domain.</summary>
    public IommuDomain Domain { get; }

    /// <summary>All mappings.</summary>
    public IReadOnlyList<IommuMapping> Mappings => _mappings;

    /// <summary>Maps a part of the memory.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EBUSY"/>: the file is preserved. <see cref="Errno.EINVAL"/>: it is beyond the memory.</exception>
    public void Map(IommuMapping mapping)
    {
        if (_isPreserved)
            throw new ErrnoException(Errno.EBUSY, "The mappings are preserved as they are: close the session first.");
        if (mapping.Flags != 0 || mapping.Offset > (ulong)Memory.Size || mapping.Length > (ulong)Memory.Size - mapping.Offset)
            throw new ErrnoException(Errno.EINVAL, $"{mapping} is beyond the {Memory.Size} bytes of the memory, or has flags.");
        _mappings.Add(mapping);
    }

    internal void FreezeMappings() => _isPreserved = true;

    internal void UnfreezeMappings() => _isPreserved = false;

    /// <inheritdoc/>
    protected override void Release() => Memory.Put();
}
