using System.ComponentModel;
using LuoHandlers.Handlers;

namespace LuoHandlers.Emulation;

/// <summary>
/// A handler that depends on FLBs. The generator implements it for handlers with <see cref="UsesFlbAttribute{TFlb}"/>;
/// <see cref="Kernel.RegisterFileHandler"/> calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IUsesFlbs
{
    /// <summary>Tells the handler which kernel it serves, from now on.</summary>
    /// <param name="kernel">The kernel that the handler is registered with.</param>
    /// <returns>The kernel's FLBs that the handler depends on, in the order in which they are to be linked.</returns>
    ILiveUpdateFlb[] AttachTo(Kernel kernel);
}
