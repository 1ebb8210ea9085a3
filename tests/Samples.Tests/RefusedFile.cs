using LuoHandlers.Vfs;

namespace LuoHandlers.Samples.Tests;

/// <summary>A file of <see cref="RefusingHandler"/>.</summary>
internal sealed class RefusedFile : LuoFile;
