using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace VfioHandlerSample;

/// <summary>Preserves iommufds: the mappings stay, so that devices can go on with their memory. The memory itself is a file of its own.</summary>
[LiveUpdateFileHandler("iommufd-v1")]
[UsesFlb<IommuFlb>]
[DependsOn<Memfd>]
public sealed partial class IommufdHandler
{
    bool CanPreserve(Iommufd file) => true;

    void Preserve(Iommufd file, out IommufdState state, SharedTable<IommuDomain> domains, OutgoingDependency<Memfd> memfds, IKho kho)
    {
        ulong memory = memfds.GetToken(file.Memory);
        using var scope = new PreservationScope(kho);
        file.FreezeMappings();
        scope.OnRollback(file.UnfreezeMappings);
        var mappings = KhoVmallocArray<IommuMapping>.AllocatePreserved(kho, (ulong)file.Mappings.Count);
        scope.OnRollback(mappings.UnpreserveFree);
        for (int i = 0; i < file.Mappings.Count; i++)
            mappings[(ulong)i] = file.Mappings[i];
        domains.Add(file.Domain);
        scope.Commit();

        state = new IommufdState
        {
            MemoryToken = memory,
            DomainId = file.Domain.Id,
            MappingCount = mappings.Count,
            Mappings = mappings.Descriptor,
        };
    }

    void Unpreserve(Iommufd file, in IommufdState state, SharedTable<IommuDomain> domains, IKho kho)
    {
        domains.Remove(file.Domain);
        KhoVmallocArray<IommuMapping>.FindPreserved(kho, state.Mappings, state.MappingCount).UnpreserveFree();
        file.UnfreezeMappings();
    }

    Iommufd Retrieve(in IommufdState state, SharedTable<IommuDomain> domains, IncomingDependency<Memfd> memfds, IKho kho)
    {
        var mappings = KhoVmallocArray<IommuMapping>.FindInherited(kho, state.Mappings, state.MappingCount);
        try
        {
            var domain = new IommuDomain(state.DomainId);
            if (!domains.Contains(domain))
                throw new ErrnoException(Errno.EINVAL, $"The IOMMU was not handed over with {domain}.");
            var file = new Iommufd(memfds.GetFile(state.MemoryToken), domain);
            bool isComplete = false;
            try
            {
                foreach (IommuMapping mapping in mappings.ToArray())
                    file.Map(mapping);
                isComplete = true;
                return file;
            }
            finally
            {
                if (!isComplete)
                    file.Put();
            }
        }
        finally
        {
            mappings.RestoreFree();
        }
    }

    void Finish(Iommufd? file, in IommufdState state, RetrieveStatus status, IKho kho)
    {
        // Retrieve has used the mappings up, whether it came to a file or not.
        if (status.IsNotTried)
            KhoVmallocArray<IommuMapping>.FindInherited(kho, state.Mappings, state.MappingCount).RestoreFree();
    }
}
