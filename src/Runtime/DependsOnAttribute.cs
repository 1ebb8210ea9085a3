namespace LuoHandlers;

/// <summary>
/// Says that each file of a handler needs another file of the same session: the memory of a virtual machine, the IOMMU of a device. That file is
/// preserved first; it is handed over by its token, and found by it in the next kernel, whichever of the two is retrieved first.
/// </summary>
/// <remarks>
/// <para>Preserve takes a <see cref="Handlers.OutgoingDependency{TFile}"/>, which gives the token of a file that is preserved already, and Retrieve
/// an <see cref="Handlers.IncomingDependency{TFile}"/>, which gives the file of a token.</para>
/// <para>Linux 7.2 offers handlers no such look-up; the series for VFIO, iommufd and KVM bring one.</para>
/// </remarks>
/// <typeparam name="TFile">The type of the other file, derived from <see cref="Vfs.LuoFile"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class DependsOnAttribute<TFile> : Attribute
    where TFile : class;
