using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.GenericParts;

/// <summary>A generic struct as a field: its type argument is known there.</summary>
public sealed class Window : LuoFile
{
    public uint Left, Top, Right, Bottom;
}

public struct Pair<T>
    where T : unmanaged
{
    public T First;
    public T Second;
}

[PreservedState]
public struct WindowState
{
    public Pair<uint> Corner;
    public Pair<uint> Opposite;
}

[LiveUpdateFileHandler("window-v1")]
public sealed partial class WindowHandler
{
    bool CanPreserve(Window file) => file.Left <= file.Right && file.Top <= file.Bottom;

    void Preserve(Window file, out WindowState state) => state = new()
    {
        Corner = { First = file.Left, Second = file.Top },
        Opposite = { First = file.Right, Second = file.Bottom },
    };

    void Unpreserve(Window file) { }

    Window Retrieve(in WindowState state) =>
        new() { Left = state.Corner.First, Top = state.Corner.Second, Right = state.Opposite.First, Bottom = state.Opposite.Second };

    void Finish(Window? file) { }
}
