using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>The IOMMU: which domains go on translating during the live update.</summary>
[LiveUpdateFlb("iommu-v1")]
public sealed partial class IommuFlb
{
    private const ulong Capacity = 64;

    SharedTable<IommuDomain> Preserve(out IommuState state, IKho kho)
    {
        var domains = KhoVmallocArray<IommuDomain>.AllocatePreserved(kho, Capacity);
        state = new IommuState { Capacity = domains.Count, Domains = domains.Descriptor };
        return new SharedTable<IommuDomain>(domains);
    }

    void Unpreserve(in IommuState state, IKho kho) =>
        KhoVmallocArray<IommuDomain>.FindPreserved(kho, state.Domains, state.Capacity).UnpreserveFree();

    SharedTable<IommuDomain> Retrieve(in IommuState state, IKho kho) =>
        new(KhoVmallocArray<IommuDomain>.FindInherited(kho, state.Domains, state.Capacity));

    void Finish(in IommuState state, IKho kho) =>
        KhoVmallocArray<IommuDomain>.FindInherited(kho, state.Domains, state.Capacity).RestoreFree();
}
