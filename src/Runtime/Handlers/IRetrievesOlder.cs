using System.ComponentModel;

namespace LuoHandlers.Handlers;

/// <summary>
/// A handler that retrieves what older versions of it preserved. The generator implements it for handlers with
/// <see cref="RetrievesFromAttribute"/>; <see cref="Emulation.Kernel.RegisterFileHandler"/> calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRetrievesOlder
{
    /// <summary>Makes a handler for each older compatible string.</summary>
    RetrieveOnlyHandler[] CreateOlder();
}
