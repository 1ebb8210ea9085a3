using LuoHandlers.Vfs;

namespace LuoHandlers.Scale;

/// <summary>A file of nothing.</summary>
internal sealed class PlainFile : LuoFile;
