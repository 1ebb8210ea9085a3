using System.ComponentModel;

namespace LuoHandlers.Handlers;

/// <summary>A file callback that returns something.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
/// <param name="args">Its arguments.</param>
/// <returns>As the method of <see cref="ILiveUpdateFileHandler"/> that it stands for.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate TResult LiveUpdateFileOp<out TResult>(ref LiveUpdateFileOpArgs args);
