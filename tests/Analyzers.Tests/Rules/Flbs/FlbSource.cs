namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Sources with an FLB that is right, in which a test replaces a part.</summary>
internal static class FlbSource
{
    public const string Preserve = "Bus Preserve(out DiskState state, IKho kho) { state = default; return new(); }";
    public const string Unpreserve = "void Unpreserve(Bus bus, in DiskState state) { }";
    public const string Retrieve = "Bus Retrieve(in DiskState state) => new();";
    public const string Finish = "void Finish(Bus bus, in DiskState state) { }";

    public const string Types = HandlerSource.Usings + HandlerSource.Types + "public sealed class Bus { }\npublic sealed class Lane { }\n\n";

    /// <summary>An FLB with these callbacks.</summary>
    public static string With(
        string? preserve = Preserve,
        string? unpreserve = Unpreserve,
        string? retrieve = Retrieve,
        string? finish = Finish,
        string? other = null,
        string attribute = "LiveUpdateFlb(\"bus-v1\")",
        string declaration = "public sealed partial class BusFlb") => Types + Declare(preserve, unpreserve, retrieve, finish, other, attribute, declaration);

    /// <summary>The FLB alone.</summary>
    public static string Declare(
        string? preserve = Preserve,
        string? unpreserve = Unpreserve,
        string? retrieve = Retrieve,
        string? finish = Finish,
        string? other = null,
        string attribute = "LiveUpdateFlb(\"bus-v1\")",
        string declaration = "public sealed partial class BusFlb") => $$"""
        [{{attribute}}]
        {{declaration}}
        {
            {{string.Join("\n    ", new[] { preserve, unpreserve, retrieve, finish, other }.Where(callback => callback is not null))}}
        }

        """;
}
