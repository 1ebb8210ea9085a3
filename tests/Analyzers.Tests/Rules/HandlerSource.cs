namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Sources with a handler that is right, in which a test replaces a part.</summary>
internal static class HandlerSource
{
    public const string Usings = """
        using LuoHandlers;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Vfs;

        """;

    /// <summary>A file type, another one, and a state.</summary>
    public const string Types = """

        public sealed class Disk : LuoFile { public ulong Size; }
        public sealed class Tape : LuoFile { }
        public sealed class Pins { }
        [PreservedState] public struct DiskState { public ulong Size, Position; }
        [PreservedState] public struct TapeState { public ulong Length; }

        """;

    public const string CanPreserve = "bool CanPreserve(Disk file) => true;";
    public const string Preserve = "void Preserve(Disk file, out DiskState state) => state = default;";
    public const string Unpreserve = "void Unpreserve(Disk file, in DiskState state) { }";
    public const string Retrieve = "Disk Retrieve(in DiskState state) => new Disk();";
    public const string Finish = "void Finish(Disk? file, in DiskState state, RetrieveStatus status) { }";

    /// <summary>A handler with these callbacks; those required that are not given are right.</summary>
    public static string With(
        string? canPreserve = CanPreserve,
        string? preserve = Preserve,
        string? unpreserve = Unpreserve,
        string? retrieve = Retrieve,
        string? finish = Finish,
        string? other = null,
        string attribute = "LiveUpdateFileHandler(\"disk-v1\")",
        string declaration = "public sealed partial class DiskHandler") => $$"""
        {{Usings}}{{Types}}
        [{{attribute}}]
        {{declaration}}
        {
            {{string.Join("\n    ", new[] { canPreserve, preserve, unpreserve, retrieve, finish, other }.Where(callback => callback is not null))}}
        }

        """;
}
