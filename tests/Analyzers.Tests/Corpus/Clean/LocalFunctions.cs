using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.LocalFunctions;

/// <summary>Local functions and lambdas that see the state.</summary>
public sealed class Table : LuoFile
{
    public uint Rows;
    public uint Columns;
}

[PreservedState]
public struct TableState
{
    public uint Rows;
    public uint Columns;
}

[LiveUpdateFileHandler("table-v1")]
public sealed partial class TableHandler
{
    bool CanPreserve(Table file) => file.Rows <= ushort.MaxValue && file.Columns <= ushort.MaxValue;

    void Preserve(Table file, out TableState state)
    {
        state = default;
        Fill(ref state);

        void Fill(ref TableState filled)
        {
            filled.Rows = file.Rows;
            filled.Columns = file.Columns;
        }
    }

    void Unpreserve(Table file) { }

    Table Retrieve(TableState state)
    {
        System.Func<bool> fits = () => state.Rows <= ushort.MaxValue && state.Columns <= ushort.MaxValue;
        if (!fits())
            throw new ErrnoException(Errno.ERANGE, $"The handed-over table has {state.Rows} rows and {state.Columns} columns.");
        return new Table { Rows = state.Rows, Columns = state.Columns };
    }

    void Finish(Table? file) { }
}
