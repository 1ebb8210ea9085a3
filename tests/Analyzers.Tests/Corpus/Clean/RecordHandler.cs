using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.RecordHandler;

/// <summary>The handler is a record, the state a readonly record struct.</summary>
public sealed class Point : LuoFile
{
    public int X { get; init; }

    public int Y { get; init; }
}

[PreservedState]
public readonly record struct PointState(int X, int Y);

[LiveUpdateFileHandler("point-v1")]
public sealed partial record PointHandler
{
    private bool CanPreserve(Point file) => file is { X: >= 0, Y: >= 0 };

    private void Preserve(Point file, out PointState state) => state = new PointState(file.X, file.Y);

    private void Unpreserve(Point file) { }

    private Point Retrieve(in PointState state)
    {
        (int x, int y) = state;
        return new Point { X = x, Y = y };
    }

    private void Finish(Point? file) { }
}
