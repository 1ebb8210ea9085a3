using System.ComponentModel;

namespace LuoHandlers.Handlers;

/// <summary>A file callback that returns nothing.</summary>
/// <param name="args">Its arguments.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void LiveUpdateFileOp(ref LiveUpdateFileOpArgs args);
